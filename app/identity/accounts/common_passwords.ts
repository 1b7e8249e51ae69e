/**
 * The most guessed passwords of ten characters and more, and roots that are often padded to that length. Short ones
 * need no list: the length refuses them. After NIST SP 800-63B §3.1.1.2: length and a blocklist, no composition rules.
 */
export const commonPasswords = new Set(
  `1234567890 0123456789 0987654321 9876543210 1234512345 1234567891 12345678910 123456789a a123456789 1q2w3e4r5t
   1qaz2wsx3edc 1qazxsw23edc q1w2e3r4t5 q1w2e3r4t5y6 qwertyuiop qwertyuiop123 qwerty1234 qwerty12345 qwerty123456
   asdfghjkl1 asdfghjkl; zxcvbnm123 password12 password123 password1234 password12345 passw0rd123 p@ssw0rd123
   p@ssword123 pa55word123 mypassword mypassword1 passwordpassword letmein123 letmein1234 welcome123 welcome1234
   iloveyou12 iloveyou123 iloveyou1234 iloveyou2 princess123 sunshine123 football123 baseball123 superman123
   michael123 jennifer123 charlie123 abcdefghij abcdefghijk abcd123456 abc1234567 abcd12345678 1234qwerasdf
   qwerasdfzxcv 0000000000 1111111111 2222222222 3333333333 5555555555 6666666666 7777777777 8888888888 9999999999
   aaaaaaaaaa 1122334455 1231231234 123123123123 147258369a 1472583690 administrator admin12345 admin123456
   adminadmin administrator1 changeme123 changeme1234 changeit123 default1234 temporary1 testtest123 testing123
   testing1234 test123456 secret1234 supersecret trustno1trustno1 monkey12345 dragon12345 master12345 shadow12345
   computer123 internet123 whatever123 starwars123 pokemon123 liverpool1 manchester manchester1 basketball
   basketball1 california california1 strawberry strawberry1 watermelon chocolate1 chocolate123 butterfly1
   butterfly123 sweetheart sweetheart1 playstation playstation2 correcthorsebatterystaple correct horse battery staple
   marketing123 newsletter newsletter1 assentassent assent1234 assent12345 passwort123 passwort1234 hallo12345
   schatz12345 motdepasse motdepasse1 azertyuiop azertyuiop123 contrasena contraseña1`
    .split(/\s+/)
    .filter((word) => word.length >= 10)
)
