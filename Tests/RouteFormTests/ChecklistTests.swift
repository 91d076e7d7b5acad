import Foundation
import YAML
import Testing

@testable import RouteForm

@Suite("the card's checklist")
struct ChecklistTests {
  private static func lines(_ edit: (inout FormState) -> Void, _ recipe: Recipe = .blank)
    -> [Checklist.Line]
  {
    var form = recipe.form
    edit(&form)
    return Checklist(form).lines
  }

  private static func state(_ lines: [Checklist.Line]) -> [Checklist.State] { lines.map(\.state) }

  @Test("a blank route lacks all but grants")
  func blank() {
    let lines = Self.lines { _ in }
    #expect(
      Self.state(lines) == [.missing, .missing, .missing, .missing, .missing, .done])
    #expect(
      lines.map(\.detail) == [
        "50Mi, but its Gateway has no name", "Gateway 1 has no name", "rule 1, backend 1: no name",
        "rule 1 names no model",
        "rule 1: streams end after 60s", "none needed",
      ])
    #expect(
      lines.map { "\($0.address)" } == [
        "route.spec.parentRefs[0].name", "route.spec.parentRefs[0].name",
        "route.spec.rules[0].backendRefs[0].name",
        "route.spec.rules[0].matches[0].headers[0].value",
        "route.spec.rules[0].timeouts.request", "route.spec.rules[0].backendRefs[0].namespace",
      ])
  }

  @Test("the header of the model counts in any case of letters, and what lacks it is said")
  func modelHeader() {
    func detail(_ header: String) -> String {
      Self.lines(
        { form in
          form.type(header, "route.spec.rules[0].matches[0].headers[0].name")
          form.type("m", "route.spec.rules[0].matches[0].headers[0].value")
        }, .singleModel)[3].detail
    }
    #expect(detail("X-AI-EG-Model") == "every match names a model")
    #expect(detail("x-team") == "rule 1, match 1 names none")
  }

  @Test("a Gateway of another namespace is named with it")
  func gatewayElsewhere() {
    var form = Recipe.singleModel.form
    form.type("llm", "route.metadata.name")
    form.type("gw4", "route.spec.parentRefs[0].name")
    #expect(form.summary[0] == "Route llm in default on gw4")
    form.type("ope", "route.spec.parentRefs[0].namespace")
    #expect(form.summary[0] == "Route llm in default on gw4 in ope")
  }

  @Test("the kind of a backend that is no pool belongs to step 4")
  func kindOfBackend() throws {
    var form = Recipe.singleModel.form
    let address = try #require(Address("route.spec.rules[0].backendRefs[0].kind"))
    form.type("AIServiceBackend", at: address)
    #expect(Step.step(of: address, in: form) == .splits)
    #expect(Step.step(of: address, in: Recipe.inferencePool.form) == .pool)
  }

  @Test("the lines are the card's, in its order")
  func texts() {
    #expect(
      Self.lines { _ in }.map(\.text) == [
        "ClientTrafficPolicy with bufferLimit on the Gateway", "parentRefs", "backendRefs",
        "x-ai-eg-model in the matches", "timeouts for streaming",
        "ReferenceGrants across namespaces",
      ])
  }

  @Test("a whole route is done, but for what only a cluster knows")
  func whole() {
    let lines = Self.lines(
      { form in
        form.type("gw", "route.spec.parentRefs[0].name")
        form.type("300s", "route.spec.rules[0].timeouts.request")
      }, .singleModel)
    #expect(Self.state(lines) == [.done, .unknown, .unknown, .done, .done, .done])
    #expect(lines[1].detail == "default/gw; whether they exist cannot be known offline")
    #expect(lines[2].detail == "openai-backend; whether they exist cannot be known offline")
    #expect(lines[3].detail == "every match names a model")
    #expect(lines[4].detail.hasPrefix("every rule says how long a stream may take: "))
  }

  @Test("a buffer policy may be somebody else's, or lack its limit")
  func buffer() {
    let off = Self.lines { $0.writesPolicy = false }
    #expect(off[0].state == .unknown)
    #expect(off[0].detail == "not written here; one must exist already")
    let empty = Self.lines { $0.type("", "policy.spec.connection.bufferLimit") }
    #expect(empty[0].state == .missing)
    #expect(empty[0].detail == "no bufferLimit: 32768 bytes")
  }

  @Test("routes without rows are missing them")
  func empty() {
    let lines = Self.lines { form in
      _ = form.perform(.remove(from: FormState.parentList, at: 0))
      _ = form.perform(.remove(from: FormState.ruleList, at: 0))
    }
    #expect(Self.state(lines) == [.missing, .missing, .missing, .missing, .missing, .done])
    #expect(lines[1...4].map(\.detail) == ["no parentRef", "no rule", "no rule", "no rule"])
    let bare = Self.lines { form in
      _ = form.perform(.remove(from: FormState.backendRefs(0), at: 0))
    }
    #expect(bare[2].detail == "rule 1 has none")
  }

  @Test("a catch-all needs no model, a match on something else does")
  func models() {
    #expect(
      Self.lines({ _ in }, .catchAll)[3].detail == "rule 1 takes every model (catch-all)")
    #expect(Self.lines({ _ in }, .catchAll)[3].state == .done)
    let other = Self.lines {
      $0.type("x-tenant", "route.spec.rules[0].matches[0].headers[0].name")
    }
    #expect(other[3].state == .missing)
    #expect(other[3].detail == "rule 1, match 1 names none")
    let second = Self.lines(
      { form in
        _ = form.perform(
          .insert(
            Template.header(name: "x-a", value: "b"),
            into: FormState.matches(0).appending(0).appending("headers"), at: 0))
        form.type("", "route.spec.rules[0].matches[0].headers[1].value")
      }, .singleModel)
    #expect(second[3].detail == "rule 1 names no model")
    #expect("\(second[3].address)" == "route.spec.rules[0].matches[0].headers[1].value")
  }

  @Test("foreign namespaces are missing their grants until they are written")
  func grants() {
    let edit: (inout FormState) -> Void = {
      $0.type("shared", "route.spec.rules[0].backendRefs[0].namespace")
    }
    let lines = Self.lines(edit, .singleModel)
    #expect(lines[5].state == .missing)
    #expect(lines[5].detail == "shared needs two; write them in step 4")
    #expect("\(lines[5].address)" == "route.spec.rules[0].backendRefs[0].namespace")
    let done = Self.lines(
      { form in
        edit(&form)
        form.writeGrants(for: "shared", true)
      }, .singleModel)
    #expect(done[5].state == .done)
    #expect(done[5].detail == "shared")
  }

  @Test("the route in words says what each rule does")
  func summary() {
    var form = Recipe.failoverPair.form
    form.type("openai-route", "route.metadata.name")
    form.type("gw", "route.spec.parentRefs[0].name")
    form.type("300s", "route.spec.rules[0].timeouts.request")
    #expect(
      form.summary == [
        "Route openai-route in default on gw",
        "1. x-ai-eg-model = gpt-4o -> primary-openai; if that fails fallback-openai, 300s",
      ])
    #expect(
      Recipe.weightedSplit.form.summary.last
        == "1. x-ai-eg-model = gpt-4o -> openai-backend 80.0%, azure-openai-backend 20.0%, 60s")
    #expect(
      Recipe.tenantHeader.form.summary[1]
        == "1. x-ai-eg-model = gpt-4o and x-tenant = team-a -> team-a-backend, 60s")
    #expect(
      Recipe.catchAll.form.summary == [
        "Route (no name) in default on (no Gateway)",
        "1. every model (catch-all) -> my-openai-backend, 60s",
      ])
  }

  @Test("the policy's line leads to the Gateway that has no name")
  func nameless() {
    let second = Self.lines { form in
      form.set(.string("gw"), at: FormState.parentList.appending(0).appending("name"))
      _ = form.perform(.insert(Template.parentRef, into: FormState.parentList, at: 1))
    }[0]
    #expect(second.state == .missing)
    #expect("\(second.address)" == "route.spec.parentRefs[1].name")
    let targets = Address(.policy, Path([.key("spec"), .key("targetRefs")]))
    let own = Self.lines { $0.set(.sequence([.map(["kind": .string("Gateway")])]), at: targets) }[0]
    #expect("\(own.address)" == "policy.spec.targetRefs[0].name")
    let selecting = Self.lines { form in
      form.set(
        .sequence([.map(["kind": .string("Gateway")])]),
        at: targets.parent.appending("targetSelectors"))
    }[0]
    #expect(selecting.state == .done)
  }
}
