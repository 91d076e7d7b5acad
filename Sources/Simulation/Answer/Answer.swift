package import Resources

/// The simulated outcome of a request, and why.
///
/// The text, the JSON and the panel print the same answer. `status` is what the gateway alone
/// decides: 200 means that a backend is asked, not that it answers with 200.
package struct Answer: Sendable {
  /// The status, as far as the gateway alone decides it: one of those named here, or what a filter of
  /// a plain HTTPRoute or `faultInjection` or `responseOverride` of a policy answers with.
  package struct Status: RawRepresentable, Hashable, Sendable {
    package let rawValue: Int

    /// Nil for a number that is no HTTP status.
    package init?(rawValue: Int) {
      guard (100...599).contains(rawValue) else { return nil }
      self.init(rawValue)
    }

    private init(_ rawValue: Int) { self.rawValue = rawValue }

    package static let done = Status(200)
    package static let found = Status(302)
    package static let redirected = Status(307)
    package static let rejected = Status(400)
    package static let unauthorized = Status(401)
    package static let forbidden = Status(403)
    package static let notFound = Status(404)
    package static let wrongMethod = Status(405)
    package static let tooLarge = Status(413)
    package static let failed = Status(500)
    package static let unavailable = Status(503)
  }

  package let request: Request
  package internal(set) var status = Status.done
  package let gateway: ObjectKey?
  /// The listener that takes it; nil where the Gateway is not among the documents and no route
  /// names one.
  package internal(set) var listener: String?
  /// The virtual host that takes it: a host, `*.suffix` or `*`; nil where none does.
  package internal(set) var domain: String?
  /// The route that serves it, nil where none does.
  package internal(set) var route: ObjectKey?
  /// From 0; nil where no rule of the route's own serves it.
  package internal(set) var rule: Int?
  package internal(set) var ruleName: String?
  /// From 0; nil where the rule has no matches of its own.
  package internal(set) var match: Int?
  /// One sentence: who answers, and what decided.
  package internal(set) var reason = ""
  /// In the order of the rule.
  package internal(set) var backends: [Backend] = []
  /// The priorities that take traffic, ascending; the first is in use.
  package internal(set) var priorities: [Int] = []
  /// Whether priorities have no effect, so that weights hold among all backends.
  package internal(set) var ignoresPriorities = false
  package internal(set) var timeouts: Timeouts?
  package internal(set) var retry: Retry?
  /// Where the tries go, one after the other, while every one fails.
  package internal(set) var failover: [Attempt] = []
  package internal(set) var buffer: AppliedBufferLimit?
  /// What is listed, where the request asks for models.
  package internal(set) var models: [ListedModel]?
  /// Every match that was compared with the request, in the order in which they are tried.
  package internal(set) var considered: [MatchTrace] = []
  /// What is worth knowing beside the answer; callers may add to it.
  package var warnings: [String] = []
  /// What may change the answer and cannot be decided from the documents.
  package var reservations: [String] = []
  /// The names of backends that are taken to be down.
  package internal(set) var down: Set<String> = []
  /// The endpoint of AI Gateway that is asked, nil where it is none that looks for a backend.
  var endpoint: ServedEndpoint?
  var indexedRequest: IndexedRequest?
  /// The documents already checked for refusal by the API server.
  var checkedDocuments: Set<Int> = []
  /// The parts of SecurityPolicies that surely let the request in.
  var settled: Set<String> = []
  /// The match by which Envoy chooses the filters that a request and its answer pass.
  var firstMatch: Candidate?
  /// Whether a policy is refused, so that no backend is asked.
  var isRefused = false

  /// Whether a backend is taken to be down.
  package func isDown(_ backend: ObjectKey) -> Bool {
    down.contains(backend.name) || down.contains(backend.description)
  }

  init(to request: Request, at gateway: ObjectKey?) {
    self.request = request
    self.gateway = gateway
  }

  /// A match that was compared with the request.
  package struct MatchTrace: Sendable {
    let candidate: Candidate
    /// Nil for the winner.
    let loss: MismatchReason?

    package var route: ObjectKey { candidate.route.name }
    /// From 0; nil for the rule `route-not-found`.
    package var rule: Int? { candidate.rule.index }
    package var match: Int? { candidate.match }
    package var isWinner: Bool { loss == nil }
  }
}

extension Answer {
  /// A backendRef with its part of the requests.
  package struct Backend: Sendable {
    /// The place among the rule's backendRefs, from 0.
    package let refIndex: Int
    package let kind: String
    package let name: ObjectKey
    package let priority: Int
    package let weight: Int
    /// The priority that it has for Envoy.
    var tier: Int
    /// The fraction of the requests while its priority is in use.
    package internal(set) var tierShare = 0.0
    /// The fraction of all requests: 0 in priorities that are not in use.
    package internal(set) var share = 0.0
    /// The model name that it receives, nil where the request names none.
    package internal(set) var model: String?
    /// The field that says so, nil where it is the client's.
    package internal(set) var modelOrigin: String?
    /// What AI Gateway writes before `bodyMutation` is applied.
    var writtenModel: String?
    /// The place of the backendRef whose settings its requests get, nil where AI Gateway leaves
    /// them alone.
    var settings: Int?
    /// Whether AI Gateway writes its priority into Envoy's configuration.
    var isPriorityWritten = false
    /// What it is sent; nil where its AIServiceBackend is not among the documents, and where nothing
    /// reaches it.
    package internal(set) var upstream: UpstreamRequest?
    /// Why AI Gateway answers in place of it, nil where it does not.
    package internal(set) var failure: String?
    /// What it then answers.
    package internal(set) var failureStatus = Status.failed

    package var isPool: Bool { kind == "InferencePool" }
    /// Whether the model is not the client's.
    package var isOverridden: Bool { modelOrigin != nil }
  }
}
