import { Problem } from '#platform'

export class TopicNameTaken extends Problem {
  static status = 409
  static code = 'E_TOPIC_NAME_TAKEN'
}
