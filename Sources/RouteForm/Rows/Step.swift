import Schemas
import YAML

/// The steps of the wizard, in their fixed order.
package enum Step: Int, CaseIterable, Sendable {
  case buffer = 1
  case gateway
  case matches
  case splits
  case timeouts
  case overrides
  case pool
  case review

  package var title: String {
    switch self {
    case .buffer: "Buffer policy"
    case .gateway: "Gateway"
    case .matches: "Matches"
    case .splits: "Splits & failover"
    case .timeouts: "Timeouts"
    case .overrides: "Model names"
    case .pool: "InferencePool"
    case .review: "Review & save"
    }
  }

  /// The title where eight of them share 80 columns.
  package var shortTitle: String {
    switch self {
    case .splits: "Splits"
    case .buffer: "Buffer"
    case .overrides: "Models"
    case .pool: "Pool"
    case .review: "Review"
    case .gateway, .matches, .timeouts: title
    }
  }

  /// What the step is used for, by a case.
  package var example: String {
    switch self {
    case .buffer: "50Mi lets a prompt with pictures through, which gets 413 otherwise."
    case .gateway:
      "route llm on the Gateway edge of its own namespace: the name llm, the Gateway edge."
    case .matches:
      "the header x-ai-eg-model, Exact, gpt-4o takes requests whose body asks for gpt-4o; a second "
        + "header in the match has to fit, too."
    case .splits:
      "openai with weight 80 and azure with 20 share the requests; with priority 0 and 1 azure answers "
        + "when openai fails."
    case .timeouts:
      "request 300s and stream idle 60s let an answer stream for five minutes, but not pause for more "
        + "than one."
    case .overrides: "clients ask for gpt-4o, and azure is sent gpt-4o-eu."
    case .pool: "pool llama, whose picker chooses one of its Pods for each request."
    case .review: "^O writes llm.yaml, and kubectl apply -f llm.yaml applies it."
    }
  }

  /// What the step is for, in a sentence.
  package var summary: String {
    switch self {
    case .buffer:
      "How much of a request the Gateway may hold: \(RuntimeDefault.bufferLimit) bytes unless more "
        + "is set."
    case .gateway: "What the route is called, where it lives and which Gateways it attaches to."
    case .matches: "Which requests a rule takes: by model, and by any other header."
    case .splits: "Which backends answer, in what shares, and who takes over when one fails."
    case .timeouts: "How long an answer may take: 60 seconds in all unless you say more."
    case .overrides: "What each backend is sent: model name, headers, body fields."
    case .pool: "Self-hosted models behind an InferencePool instead of AIServiceBackends."
    case .review: "What will be written, what is missing, and where it goes."
    }
  }

  /// Whether the step shows one rule at a time.
  package var isPerRule: Bool {
    switch self {
    case .matches, .splits, .timeouts, .overrides, .pool: true
    case .buffer, .gateway, .review: false
    }
  }

  /// The step that shows an address.
  package static func step(of address: Address, in form: FormState) -> Step {
    if let rule = address.rule, address.isWithin(FormState.backendRefs(rule)),
      form.rule(rule).map(FormState.isPool) == true
    {
      return .pool
    }
    let step = step(of: address)
    // The kind of a backendRef that means no pool is no matter of step 7.
    if step == .pool, let rule = address.rule {
      let refs = form.rule(rule)?["backendRefs"]?.items ?? []
      return refs.contains { $0["kind"]?.text == "InferencePool" } ? .pool : .splits
    }
    return step
  }

  private static func step(of address: Address) -> Step {
    switch address.object {
    case .policy: return .buffer
    case .gatewayClass, .proxy, .gateway: return .gateway
    case .part(.pool, _), .opened(.pool, _): return .pool
    case .retry, .grant, .provider, .part, .opened: return .splits
    case .route: break
    }
    guard address.rule != nil, address.path.count > 3, case .key(let key) = address.path.steps[3]
    else { return address.path.isWithin(FormState.ruleList.path) ? .matches : .gateway }
    switch key {
    case "timeouts", "streamIdleTimeout": return .timeouts
    case "backendRefs":
      guard address.path.count > 5, case .key(let field) = address.path.steps[5] else {
        return .splits
      }
      switch field {
      case "modelNameOverride", "headerMutation", "bodyMutation": return .overrides
      case "group", "kind": return .pool
      default: return .splits
      }
    default: return .matches
    }
  }

  /// What the step shows of the form, from top to bottom; `rule` is the selected one.
  /// With a row, what is about one row of its table is there for that one alone.
  package func items(of form: FormState, rule: Int, row: Int? = nil) -> [FormRow] {
    everyItem(of: form, rule: rule, row: row).compactMap { $0.shown(in: form) }
  }

  private func everyItem(of form: FormState, rule: Int, row: Int?) -> [FormRow] {
    switch self {
    case .buffer: Self.bufferItems(form)
    case .gateway: Self.gatewayItems(form)
    case .matches: Self.matchItems(form, rule: rule)
    case .splits: Self.splitItems(form, rule: rule)
    case .timeouts: Self.timeoutItems(form, rule: rule)
    case .overrides: Self.overrideItems(form, rule: rule, row: row)
    case .pool: Self.poolItems(form, rule: rule)
    case .review: []
    }
  }
}
