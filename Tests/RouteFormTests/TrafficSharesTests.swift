import Foundation
import YAML
import Testing

@testable import RouteForm

@Suite("shares")
struct TrafficSharesTests {
  private static func shares(_ refs: (weight: Int?, priority: Int?)...) -> TrafficShares {
    TrafficShares(
      .map([
        "backendRefs": .sequence(
          refs.enumerated().map { index, ref in
            var mapping = Mapping([.init("name", .string("b\(index)"))])
            mapping["weight"] = ref.weight.map(Node.integer)
            mapping["priority"] = ref.priority.map(Node.integer)
            return .mapping(mapping)
          })
      ]))
  }

  @Test("weights count within one priority")
  func split() {
    let shares = Self.shares((80, nil), (20, nil))
    #expect(shares.text(of: 0) == "80.0% ###########")
    #expect(shares.text(of: 1) == "20.0% ###")
    #expect(shares.summary == "b0 80.0%, b1 20.0%")
  }

  @Test("an unset weight is 1")
  func defaults() {
    let shares = Self.shares((nil, nil), (nil, 0), (1, nil))
    #expect((0..<3).map { shares.text(of: $0) } == Array(repeating: "33.3% #####", count: 3))
  }

  @Test("weight 0 is out, and its tier with it")
  func zero() {
    let shares = Self.shares((0, 0), (3, 1), (1, 1))
    #expect(shares.text(of: 0) == "out (weight 0)")
    #expect(shares.text(of: 1) == "75.0% ###########")
    #expect(shares.text(of: 2) == "25.0% ####")
    #expect(shares.summary == "b1 75.0%, b2 25.0%", "weight 0 answers nothing")
  }

  @Test("all weights 0 answer nothing")
  func allZero() {
    let shares = Self.shares((0, nil), (0, nil))
    #expect(shares.text(of: 0) == "out (weight 0)")
    #expect(shares.summary == "no backend (500)")
  }

  @Test("higher priorities stand by, in the order of their numbers")
  func tiers() {
    let shares = Self.shares((nil, 7), (1, 0), (1, 2), (3, 2))
    #expect(shares.text(of: 1) == "100.0% ##############")
    #expect(shares.text(of: 2) == "standby, then 25.0%")
    #expect(shares.text(of: 0) == "standby, then 100.0%")
    #expect(shares.summary == "b1; if that fails b2 25.0%, b3 75.0%; if that fails b0")
  }

  @Test("load balancing that takes endpoints alike has no shares by weight")
  func byEndpoints() throws {
    let rule = Node.map([
      "backendRefs": .sequence([
        .map(["name": .string("a"), "weight": .integer(90)]),
        .map(["name": .string("b"), "weight": .integer(10)]),
        .map(["name": .string("c"), "priority": .integer(1)]),
      ])
    ])
    let shares = TrafficShares(rule, goesByEndpoints: true)
    #expect(
      (0..<3).map { shares.text(of: $0) } == [
        "by its endpoints", "by its endpoints", "standby, then 100.0%",
      ])
    #expect(shares.summary == "a, b by their endpoints; if that fails c")
  }

  @Test(
    "the form's own load balancing decides, while its policy is written", arguments: [true, false])
  func ownPolicy(isWritten: Bool) {
    var form = Recipe.blank.form
    form.writesRetry = isWritten
    form.retry = .map(["spec": .map(["loadBalancer": .map(["type": .string("ConsistentHash")])])])
    let rule = Node.map([
      "backendRefs": .sequence([.map(["name": .string("a")]), .map(["name": .string("b")])])
    ])
    #expect(
      form.shares(of: rule).summary == (isWritten ? "a, b by their endpoints" : "a 50.0%, b 50.0%"))
  }

  @Test("no weight is too big to be shown")
  func huge() {
    let most = Int.max
    let shares = Self.shares((most, nil), (most, nil), (5, nil))
    #expect(shares.text(of: 0) == "50.0% #######")
    #expect(shares.text(of: 2) == "0.0% ")
    #expect(Self.shares((1_000_000, nil), (1, nil)).text(of: 1) == "0.0% ")
  }

  @Test("an index beyond the backends has no share")
  func beyond() {
    #expect(Self.shares((1, nil)).share(of: 4) == 0)
    #expect(Self.shares().summary == "no backend (500)")
  }

  @Test("percentages have one decimal")
  func percent() {
    #expect(TrafficShares.percent(1) == "100.0%")
    #expect(TrafficShares.percent(0) == "0.0%")
    #expect(TrafficShares.percent(0.333_333) == "33.3%")
    #expect(TrafficShares.percent(0.9996) == "100.0%")
  }
}
