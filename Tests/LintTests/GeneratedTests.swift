import Corpus
import Resources
import Foundation
import Schemas
import Lint
import YAML
import Simulation
import Testing

/// What the rules say of the objects that the controller makes, against those objects themselves.
@Suite struct GeneratedTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let seed = environment["AIGW_SEED"].flatMap(UInt64.init) ?? 20_261_124
  private static let count = environment["AIGW_CASES"].flatMap(Int.init) ?? 1200

  /// A route that the server takes, and what its three objects are refused for.
  private struct Sample {
    let route: Node
    let objects: [Generated.Object]
    let found: [Finding]

    /// Nil for a route that the server does not take.
    init?(_ route: Node) {
      var linter = Linter(stopsLikeServer: true)
      let findings = linter.findings(in: [route])
      guard !findings.contains(where: { $0.source == .admission && $0.severity == .error }),
        let generated = Generated.all(in: ResourceIndex(of: [route])).first
      else { return nil }
      self.route = route
      objects = generated.objects(.stored)
      found = findings.filter { $0.source == .generated }
    }

    /// The places in the route of what the facts of their kinds have against the objects.
    var refused: Set<Path> {
      Set(
        objects.flatMap { object -> [Path] in
          let resource = object.node["kind"]?.text.flatMap(ResourceKind.find(kind:))
          let faults = resource?.root.violations(in: object.node) ?? []
          let isBlocked = faults.contains { $0.stage < .checking }
          return faults.filter { !isBlocked || $0.stage < .conditions }.map(\.field)
            .filter { $0.count < 4 || $0.steps[3] != .key("filters") }.map(object.source)
        })
    }
  }

  @Test("a route has errors of source generated if and only if what is made of it is refused")
  func facts() {
    var maker = RouteMaker(random: Seeded(Self.seed))
    var (taken, refused) = (0, 0)
    for _ in 0..<Self.count {
      guard let sample = Sample(maker.route()) else { continue }
      taken += 1
      let expected = sample.refused
      if !expected.isEmpty { refused += 1 }
      let said = "seed \(Self.seed): \(sample.found.map(\.message))\n\(sample.route.json)"
      #expect(sample.found.isEmpty == expected.isEmpty, "\(said)")
      #expect(sample.found.allSatisfy { $0.severity == .error }, "\(said)")
      #expect(expected.isSubset(of: sample.found.map(\.field)), "\(expected) \(said)")
      #expect(Set(sample.found.map { "\($0.path) \($0.rule)" }).count == sample.found.count)
    }
    #expect(taken > Self.count / 2 && refused > taken / 5 && refused < taken)
  }

  @Test("the checker of CRD files agrees", .enabled(if: Oracle.tool != nil))
  func oracle() throws {
    var maker = RouteMaker(random: Seeded(Self.seed &+ 1))
    let samples = (0..<Self.count / 4).compactMap { _ in Sample(maker.route()) }
    let texts = samples.flatMap { $0.objects.map(\.node.json) }
    let answers = try Oracle.answers(to: texts)
    try #require(answers.count == texts.count)
    for (index, sample) in samples.enumerated() {
      let problems = answers[index * 3..<index * 3 + 3].flatMap { $0.problems ?? [["", "?"]] }
      #expect(
        sample.found.isEmpty == problems.isEmpty,
        "\(problems) but \(sample.found.map(\.message))\n\(sample.route.json)")
    }
  }
}

/// Makes routes that the server takes, many of them at the limits of an HTTPRoute.
private struct RouteMaker {
  var random: Seeded

  private mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &random) < percent
  }

  private mutating func pick<T>(_ choices: [T]) -> T {
    choices[Int.random(in: 0..<choices.count, using: &random)]
  }

  mutating func route() -> Node {
    // Each route is extreme in few ways, so that most of what is made of it is taken.
    let extremes = Set((0..<Int.random(in: 0...2, using: &random)).map { _ in pick(Extreme.all) })
    var metadata = Mapping()
    let length = extremes.contains(.name) ? pick([221, 222, 223, 234, 235, 253]) : 4
    metadata["name"] = .string(String(repeating: "a", count: length))
    if chance(50) { metadata["namespace"] = .string("team-a") }
    if chance(20) { metadata["labels"] = .map(["app": .string("x")]) }
    if extremes.contains(.annotations) {
      let size = Int.random(in: 261_950...262_143, using: &random)
      metadata["annotations"] = .map(["a": .string(String(repeating: "b", count: size))])
    }
    var spec = Mapping()
    spec["parentRefs"] = .sequence(parents(twice: extremes.contains(.parents)))
    if chance(20) { spec["hostnames"] = .sequence([.string("*.example.com")]) }
    let count = extremes.contains(.matches) ? 3 : Int.random(in: 0...3, using: &random)
    spec["rules"] = .sequence((0..<count).map { rule($0, extremes) })
    return .map([
      "apiVersion": .string("aigateway.envoyproxy.io/v1beta1"),
      "kind": .string("AIGatewayRoute"), "metadata": .mapping(metadata),
      "spec": .mapping(spec),
    ])
  }

  private enum Extreme: CaseIterable {
    case name, annotations, parents, matches, values, refs, weights, times, poolNames

    static let all = Array(allCases)
  }

  private mutating func parents(twice: Bool) -> [Node] {
    guard twice else { return [.map(["name": .string("gw")])] }
    return (0..<Int.random(in: 2...3, using: &random)).map { _ in
      var parent = Mapping([Mapping.Entry("name", .string(pick(["gw", "gw", "other"])))])
      if chance(40) { parent["sectionName"] = pick([.string("a"), .string("b"), .null]) }
      if chance(30) { parent["port"] = .integer(pick([80, 443])) }
      if chance(20) { parent["namespace"] = .string(pick(["team-a", "infra"])) }
      if chance(20) { parent["kind"] = .string("Gateway") }
      if chance(20) { parent["group"] = .string(pick(["gateway.networking.k8s.io", "", "a.b"])) }
      return .mapping(parent)
    }
  }

  private mutating func rule(_ index: Int, _ extremes: Set<Extreme>) -> Node {
    var rule = Mapping()
    if chance(30) { rule["name"] = .string("r\(index)") }
    let matches =
      extremes.contains(.matches) ? pick([0, 40, 42, 43, 44, 64, 65, 100]) : pick([0, 1, 2])
    if matches > 0 || chance(30) {
      rule["matches"] = .sequence((0..<matches).map { _ in match(extremes.contains(.values)) })
    }
    if extremes.contains(.times) || chance(30) {
      var times = Mapping()
      if chance(50) { times["request"] = .string(pick(["0s", "30s", "2m", "60s"])) }
      if chance(60) {
        times["backendRequest"] = .string(pick(["0s", "60s", "60001ms", "1m1s", "1h"]))
      }
      rule["timeouts"] = chance(5) ? .null : .mapping(times)
    }
    if extremes.contains(.poolNames) || chance(15) {
      let length = extremes.contains(.poolNames) ? pick([253, 254, 300]) : 4
      rule["backendRefs"] = .sequence([
        .map([
          "group": .string("inference.networking.k8s.io"), "kind": .string("InferencePool"),
          "name": .string(String(repeating: "p", count: length)),
        ])
      ])
      return .mapping(rule)
    }
    let refs = extremes.contains(.refs) ? pick([15, 16, 17, 128]) : pick([0, 1, 2])
    rule["backendRefs"] = .sequence((0..<refs).map { _ in reference(extremes.contains(.weights)) })
    return .mapping(rule)
  }

  private mutating func reference(_ isHeavy: Bool) -> Node {
    var ref = Mapping([Mapping.Entry("name", .string(pick(["a", "B_1", "a long one"])))])
    if isHeavy { ref["weight"] = pick([.integer(1_000_000), .integer(1_000_001), .null]) }
    if chance(20) { ref["priority"] = .integer(pick([0, 1, 2_147_483_647])) }
    return .mapping(ref)
  }

  private mutating func match(_ isOdd: Bool) -> Node {
    if chance(10) { return .map([:]) }
    let odd = ["mod\u{e8}le", " a", "a  b", "a\tb", "a b", "\u{7f}", "a\nb", "~", "a "]
    return .map([
      "headers": .sequence([
        .map([
          "name": .string("x-ai-eg-model"),
          "value": .string(isOdd && chance(40) ? pick(odd) : "gpt-4o"),
        ])
      ])
    ])
  }
}
