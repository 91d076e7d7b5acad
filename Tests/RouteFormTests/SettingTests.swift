import Foundation
import YAML
import Testing

@testable import RouteForm

@Suite("--set")
struct SettingTests {
  private static func applied(_ settings: String...) throws -> FormState {
    var form = Recipe.blank.form
    for setting in settings { try AnswersFile.apply(setting, to: &form) }
    return form
  }

  @Test("a value is typed as a user would type it")
  func typed() throws {
    let form = try Self.applied(
      "route.metadata.name=123", "route.spec.rules[0].backendRefs[0].weight= 80 ",
      "route.spec.rules[0].backendRefs[1].name=second",
      "route.metadata.annotations[\"example.com/a\"]=b=c")
    #expect(form.route["metadata"]?["name"] == .string("123"))
    #expect(form.rules[0]["backendRefs"]?[0]?["weight"] == .integer(80))
    #expect(form.rules[0]["backendRefs"]?[1]?["name"] == .string("second"))
    #expect(form.route["metadata"]?["annotations"]?["example.com/a"] == .string("b=c"))
  }

  @Test("a value that is none is a draft, so that rendering says what is wrong")
  func draft() throws {
    let form = try Self.applied("route.spec.rules[0].backendRefs[0].weight=7O")
    #expect(form.text("route.spec.rules[0].backendRefs[0].weight") == "7O")
    #expect(form.rules[0]["backendRefs"]?[0]?["weight"] == nil)
  }

  @Test("nothing after the = unsets a field, and takes a row away")
  func unset() throws {
    let form = try Self.applied(
      "policy.spec.connection.bufferLimit=", "route.spec.rules[0].matches[0]=")
    #expect(form.policy["spec"] == nil)
    #expect(form.rules[0]["matches"] == nil)
    #expect(form.rules[0]["backendRefs"] != nil)
  }

  @Test("lists and objects are given as YAML")
  func lists() throws {
    let form = try Self.applied(
      "route.spec.hostnames=[a.example.com, b.example.com]",
      "route.spec.rules[0].timeouts={request: 300s}",
      "route.spec.rules[0].backendRefs=[{weight: 7, name: b}]")
    #expect(
      form.route["spec"]?["hostnames"]
        == .sequence([.string("a.example.com"), .string("b.example.com")]))
    #expect(form.rules[0]["timeouts"] == .map(["request": .string("300s")]))
    #expect(
      form.rules[0]["backendRefs"]
        == .sequence([.map(["name": .string("b"), "weight": .integer(7)])]),
      "keys in the card's order")
  }

  @Test("switches write objects or leave them out")
  func switches() throws {
    #expect(try !Self.applied("policy=false").writesPolicy)
    #expect(try Self.applied("retry=true").text("retry.spec.retry.numRetries") == "5")
    #expect(try Self.applied("retry.spec.retry.numRetries=3").writesRetry)
    #expect(
      try Self.applied("grant=a,b").grants.map(\.namespace) == ["a", "a", "b", "b"])
    let derived = try Self.applied("route.spec.rules[0].backendRefs[0].namespace=far", "grant=true")
    #expect(derived.grants.map(\.namespace) == ["far", "far"])
    #expect(try Self.applied("grant=a", "grant=false").grants.isEmpty)
    #expect(
      try Self.applied("grant=a", "grant[1].metadata.name=mine").text("grant[1].metadata.name")
        == "mine")
  }

  @Test(
    "a fault names the path and what would do",
    arguments: [
      ("route.metadata.name", "--set route.metadata.name: no '='; use PATH=VALUE"),
      (
        "nope.metadata.name=a",
        "--set nope.metadata.name: no such object; paths begin with policy, route, grant[N], retry, gateway, class, "
          + "proxy, provider[N], or backend[N], tls[N], credentials[N], service[N], pool[N]"
      ),
      ("=a", "this is no path"),
      (
        "route.spec.rulez=a",
        "--set route.spec.rulez: AIGatewayRoute has no field spec.rulez; did you mean rules?"
      ),
      (
        "route.spec.rules[0].backendRefs[0].wieght=1",
        "AIGatewayRoute has no field spec.rules[0].backendRefs[0].wieght; did you mean weight?"
      ),
      ("route.spec.rulez[0].name=1", "no field spec.rulez; did you mean rules?"),
      ("route.spec.zzzzzz=a", "AIGatewayRoute has no field spec.zzzzzz"),
      (
        "route.spec.rules[2].name=a", "route.spec.rules has 1 row; the next one is [1]"
      ),
      (
        "route.spec.rules[0].backendRefs[5].name=a",
        "route.spec.rules[0].backendRefs has 1 row; the next one is [1]"
      ),
      ("policy=maybe", "--set policy: \"maybe\" is not true or false"),
      ("retry=", "is not true or false"),
      ("grant=A_B", "not a namespace"),
      ("grant=../../x", "not a namespace"),
      ("grant[0].metadata.name=a", "there is no grant 0; set grant=NAMESPACE first"),
      ("grant[3].metadata.name=a", "there is no grant 3"),
      ("route.spec.hostnames=[a", "not YAML; use [a, b] or {key: value}"),
      ("route.spec.hostnames=a", "route.spec.hostnames must be a list"),
      ("route.spec.rules=[{nope: 1}]", "unknown field \"nope\""),
      ("route={}", "no such field"),
    ])
  func faults(_ setting: String, _ message: String) {
    var form = Recipe.blank.form
    do {
      try AnswersFile.apply(setting, to: &form)
      Issue.record("accepted: \(setting)")
    } catch {
      #expect(error.message.contains(message), "\(error.message)")
      #expect(error.line == nil)
    }
  }

  @Test("a refused setting changes nothing")
  func refused() {
    var form = Recipe.failoverPair.form
    for setting in ["retry.spec.nope=1", "grant=ok,B_D", "retry.spec.targetRefs[9].name=a"] {
      form.writesRetry = false
      let before = form
      try? AnswersFile.apply(setting, to: &form)
      #expect(form == before, "\(setting)")
    }
  }
}
