import Foundation
import YAML
import Resources
import Simulation
import Testing

extension Reference.Outcome {
  /// What the program says, in as far as `expected` has an opinion.
  init(_ answer: Answer, beside expected: Reference.Outcome) {
    self.init(status: answer.status.rawValue)
    if expected.listener != nil { listener = answer.listener }
    if expected.domain != nil { domain = answer.domain }
    if expected.status == 200 || expected.status == 503 {
      (route, rule, match) = (answer.route?.description, answer.rule, answer.match)
    } else {
      (route, rule, match) = (expected.route, expected.rule, expected.match)
    }
    guard let service = expected.service, answer.route != nil else { return }
    self.service = Reference.Service(answer, beside: service)
  }
}

extension Reference.Outcome {
  /// In what two outcomes differ first, in words; nil where they do not.
  func difference(from other: Reference.Outcome) -> String? {
    var all: [String] = []
    func compare<Value: Equatable>(_ name: String, _ ours: Value, _ theirs: Value) {
      if ours != theirs { all.append("\(name): \(ours), not \(theirs)") }
    }
    compare("status", status, other.status)
    compare("listener", listener ?? "-", other.listener ?? "-")
    compare("domain", domain ?? "-", other.domain ?? "-")
    let winners = [self, other].map { "\($0.route ?? "-") \($0.rule ?? -1) \($0.match ?? -1)" }
    compare("winner", winners[0], winners[1])
    guard let service, let theirs = other.service, all.isEmpty else { return all.first }
    compare("names", service.names, theirs.names)
    compare("shares", service.shares, theirs.shares)
    compare("priorities", service.priorities, theirs.priorities)
    compare("weights", service.weights, theirs.weights)
    compare("models", service.models.map { $0 ?? "-" }, theirs.models.map { $0 ?? "-" })
    let times = [service, theirs].map {
      [$0.total, $0.request, $0.backendRequest, $0.streamIdle, $0.idle, $0.perTry].map { $0 ?? -1 }
    }
    for (index, name) in ["total", "request", "backendRequest", "streamIdle", "idle", "perTry"]
      .enumerated()
    {
      compare(name, times[0][index], times[1][index])
    }
    compare("retry", service.retry?.description ?? "-", theirs.retry?.description ?? "-")
    compare("tries", service.tries ?? [], theirs.tries ?? [])
    compare("buffer", service.buffer ?? -1, theirs.buffer ?? -1)
    return all.first
  }
}

extension Reference.Retry: CustomStringConvertible {
  var description: String {
    "\(retries) after \(attempts ?? 0) on \(triggers.sorted()) \(codes.sorted()), \(perTry ?? 0)"
  }
}

extension Reference.Service {
  init(_ answer: Answer, beside expected: Reference.Service) {
    names = answer.backends.map(\.name.description)
    shares = answer.shares
    priorities = answer.backends.map(\.priority)
    weights = answer.backends.map(\.weight)
    models = answer.backends.map(\.model)
    let times = answer.timeouts
    total = expected.total == nil ? nil : times?.total?.milliseconds
    request = times?.request?.milliseconds
    backendRequest = times?.backendRequest?.milliseconds
    streamIdle = times?.streamIdle?.milliseconds
    idle = expected.idle == nil ? nil : times?.idle.milliseconds
    perTry = times?.perTry?.milliseconds
    if let found = answer.retry {
      retry = Reference.Retry(
        retries: found.retries, attempts: found.attemptsPerPriority,
        triggers: Set(found.triggers), codes: Set(found.codes),
        perTry: found.perTry.flatMap { Node.string($0).milliseconds })
    }
    tries = expected.tries == nil ? nil : answer.failover.map(\.priority)
    buffer = expected.buffer == nil ? nil : answer.buffer?.bytes.map(Int.init)
  }
}

/// The program held against the reading of its own beside this file.
@Suite struct ReferenceTests {
  private static let bundles =
    ProcessInfo.processInfo.environment["BUNDLES"].flatMap(Int.init) ?? 240

  /// All that an answer depends on.
  private struct Question {
    var documents: [Node]
    let rootPrefix: String
    let request: Request
    let down: Set<String>

    /// What the program and the reading say; nil where there is no one answer.
    var answers: (ours: Reference.Outcome, theirs: Reference.Outcome)? {
      let gateway = ObjectKey("infra/gw")
      let reference = Reference(documents: documents, gateway: gateway, rootPrefix: rootPrefix)
      guard let expected = try? reference.outcome(of: request, down: down) else { return nil }
      let simulator = Simulator(documents: documents, gateway: gateway, rootPrefix: rootPrefix)
      let answer = simulator.answer(to: request, down: down)
      return (Reference.Outcome(answer, beside: expected), expected)
    }

    /// In what the two differ first.
    var difference: String? {
      // What is left of a bundle still has to have its Gateway.
      guard documents.contains(where: { $0["kind"]?.text == "Gateway" }) else { return nil }
      return answers.flatMap { $0.ours.difference(from: $0.theirs) }
    }

    private var namespaces: [Node] { documents.filter { $0["kind"]?.text == "Namespace" } }

    /// The text of the least that differs alike, in the same Namespaces: of one that is missing the
    /// two know different things.
    func smallest(_ difference: String) -> String {
      var question = self
      return Shrinking.text(
        Shrinking.smallest(documents) {
          question.documents = $0
          return question.namespaces == namespaces && question.difference == difference
        })
    }
  }

  @Test("random bundles get the answers of a brute-force reading of the sources", arguments: 0..<8)
  func bundles(part: Int) {
    var seen: [Int: Int] = [:]
    var told: Set<String> = []
    for seed in stride(from: part, to: Self.bundles, by: 8) {
      var maker = BundleMaker(seed: UInt64(seed) &* 2_654_435_761 &+ 17)
      let documents = Documents.read(maker.bundle())
      for _ in 0..<8 {
        let question = Question(
          documents: documents, rootPrefix: maker.rootPrefix, request: maker.request(),
          down: maker.down())
        seen[question.answers?.theirs.status ?? 0, default: 0] += 1
        guard let difference = question.difference else { continue }
        // One of a kind is enough.
        let kind = difference.prefix { $0 != ":" }
        guard told.insert(kind == "status" ? difference : String(kind)).inserted else { continue }
        Issue.record(
          """
          seed \(seed), \(difference): \(question.request), down \(question.down), \
          below \(question.rootPrefix)
          \(question.smallest(difference))
          """)
      }
    }
    // A test that only ever sees one status proves nothing.
    #expect([200, 404, 500].allSatisfy { seen[$0, default: 0] > 0 } && seen.count > 3, "\(seen)")
    if Self.bundles > 240 { print("part \(part): \(seen.sorted { $0.key < $1.key })") }
  }
}
