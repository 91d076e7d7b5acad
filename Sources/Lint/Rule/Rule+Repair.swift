extension Rule {
  /// What `check --fix` does about the findings of a rule.
  package enum Repair: String, Sendable {
    /// It fixes them where their place leaves no choice.
    case automatic
    /// There are fixes that a person has to confirm.
    case confirmed
    case none

    /// It as a sentence.
    package var text: String {
      switch self {
      case .automatic: "check --fix fixes it where it is clear what was meant"
      case .confirmed: "check --fix leaves its fix to a person, who makes it by Esc f in the wizard"
      case .none: "check --fix has no fix for it"
      }
    }
  }
}
