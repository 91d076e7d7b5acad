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

  /// What `check --fix` does about its findings.
  package var repair: Repair {
    if Self.automatic.contains(id) { return .automatic }
    return Self.confirmed.contains(id) ? .confirmed : .none
  }

  private static let automatic = Set(
    """
    L01 L02 L04 L05 L06 L09 L11 L12 L13 L14 L15 L17 L18 L19 L20 L21 L22 L23 L24 L28 L29 L29.policy
    L31 L33 L34 L35 L36 L37 L38 L40 L41 L43 L45 L49 L50 L52 L54 L54.mcp L59.backend L60 L65 L66
    L67 L68 L69 L70 L75 L77 L80 L81 L82 L83 L84 L87 L90 L91 L92 L93 L94 L95 L96 L97 L99
    L100.section L102 L103 L104 L106 L112 L113 L116 L116.override L117 L120 L121 L122 L122.type
    L124 L126 L129 L130 L136 L139 L140 L141 L143 L150 L151 L158 L161 L165 L171 L172 L184 L189 L200
    cel.B1 cel.B2 cel.C1 cel.C4 cel.C5 cel.C8 cel.C9 cel.P1 cel.T1 policy.refused schema.kind
    body.json body.json.service headers.ignored headers.ignored.service
    schema.choice schema.duplicate schema.former schema.length schema.pattern schema.required
    schema.type schema.unknown
    """.split { $0 == " " || $0.isNewline }.map(String.init))

  private static let confirmed: Set = ["L27", "L62", "L62.backend", "L64", "schema.release"]
}
