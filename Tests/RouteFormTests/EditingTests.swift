import Foundation
import YAML
import Testing

@testable import RouteForm

@Suite("editing the form")
struct EditingTests {
  private static let weight = "route.spec.rules[0].backendRefs[0].weight"

  @Test("what is no value stays as a draft beside the last good value")
  func drafts() {
    var form = Recipe.weightedSplit.form
    form.type("7O", Self.weight)
    #expect(form.text(Self.weight) == "7O")
    #expect(form.rules[0]["backendRefs"]?[0]?["weight"] == .integer(80))
    form.type("1000001", Self.weight)
    #expect(form.text(Self.weight) == "1000001")
    #expect(form.rules[0]["backendRefs"]?[0]?["weight"] == .integer(80))
    form.type("70", Self.weight)
    #expect(form.invalidTexts.isEmpty)
    #expect(form.rules[0]["backendRefs"]?[0]?["weight"] == .integer(70))
  }

  @Test("nothing typed unsets the field and the mappings it leaves empty, not the row")
  func prune() {
    var form = Recipe.blank.form
    form.type("300s", "route.spec.rules[0].timeouts.request")
    form.type("10s", "route.spec.rules[0].timeouts.backendRequest")
    form.type("", "route.spec.rules[0].timeouts.request")
    #expect(form.rules[0]["timeouts"] == .map(["backendRequest": .string("10s")]))
    form.type("", "route.spec.rules[0].timeouts.backendRequest")
    #expect(form.rules[0]["timeouts"] == nil)
    form.type("a", "route.spec.rules[0].backendRefs[0].name")
    form.type("", "route.spec.rules[0].backendRefs[0].name")
    #expect(form.rules[0]["backendRefs"] == .sequence([.map([:])]))
    form.type("", "policy.spec.connection.bufferLimit")
    #expect(form.policy == .map(["metadata": .map(["name": .string("client-buffer-limit")])]))
  }

  @Test("clearing a draft unsets the field")
  func clearDraft() {
    var form = Recipe.weightedSplit.form
    form.type("7O", Self.weight)
    form.type("", Self.weight)
    #expect(form.invalidTexts.isEmpty)
    #expect(form.rules[0]["backendRefs"]?[0] == .map(["name": .string("openai-backend")]))
  }

  @Test("an emptied label, annotation or text row stays as an empty text")
  func emptyTexts() {
    var form = Recipe.blank.form
    form.type("x", "route.metadata.labels.team")
    form.type("", "route.metadata.labels.team")
    #expect(form.route["metadata"]?["labels"] == .map(["team": .string("")]))
    _ = form.insert(.string("a.example.com"), into: .route(.key("spec"), .key("hostnames")), at: 0)
    form.type("", "route.spec.hostnames[0]")
    #expect(form.route["spec"]?["hostnames"] == .sequence([.string("")]))
  }

  @Test("values are stored where the card's order wants them, whatever was typed first")
  func order() {
    var form = Recipe.blank.form
    form.type("openai-route", "route.metadata.name")
    form.type("1", "route.spec.rules[0].backendRefs[0].priority")
    form.type("7", "route.spec.rules[0].backendRefs[0].weight")
    form.type("b", "route.spec.rules[0].backendRefs[0].name")
    form.type("300s", "route.spec.rules[0].timeouts.request")
    form.type("chat", "route.spec.rules[0].name")
    form.type("gw", "route.spec.parentRefs[0].name")
    form.type("gpt-4o", "route.spec.rules[0].matches[0].headers[0].value")
    #expect(
      form.yaml(.route) == """
        apiVersion: aigateway.envoyproxy.io/v1alpha1
        kind: AIGatewayRoute
        metadata:
          name: openai-route
          namespace: default
        spec:
          parentRefs:
            - name: gw
              kind: Gateway
              group: gateway.networking.k8s.io
          rules:
            - name: chat
              matches:
                - headers:
                    - type: Exact
                      name: x-ai-eg-model
                      value: gpt-4o
              timeouts:
                request: 300s
              backendRefs:
                - name: b
                  weight: 7
                  priority: 1

        """)
  }

  @Test("drafts follow their rows through insertions, moves and removals")
  func rows() {
    let list = FormState.backendRefs(0)
    func weight(_ row: Int) -> Address { list.appending(row).appending("weight") }
    var form = Recipe.weightedSplit.form
    form.type("7O", at: weight(0))
    form.type("3O", at: weight(1))
    _ = form.perform(.insert(.map([:]), into: list, at: 1))
    #expect(form.invalidTexts == [weight(0): "7O", weight(2): "3O"])
    _ = form.perform(.move(in: list, from: 0, to: 1))
    #expect(form.invalidTexts == [weight(1): "7O", weight(2): "3O"])
    _ = form.perform(.remove(from: list, at: 0))
    #expect(form.invalidTexts == [weight(0): "7O", weight(1): "3O"])
    _ = form.perform(.remove(from: list, at: 0))
    #expect(form.invalidTexts == [weight(0): "3O"])
    let rules = FormState.ruleList
    _ = form.perform(.insert(Template.rule, into: rules, at: 0))
    #expect(form.invalidTexts == [FormState.backendRefs(1).appending(0).appending("weight"): "3O"])
  }

  @Test("a duplicated row is shown as its original, what is no value yet included")
  func duplicate() {
    var form = Recipe.weightedSplit.form
    let list = FormState.backendRefs(0)
    form.type("7O", at: list.appending(0).appending("weight"))
    _ = form.perform(.duplicate(in: list, at: 0))
    #expect(form.text(at: list.appending(0).appending("weight")) == "7O")
    #expect(form.text(at: list.appending(1).appending("weight")) == "7O")
    #expect(form.text(at: list.appending(2).appending("weight")) == "20")
  }

  @Test("a duplicated rule has no name: names are unique in a route")
  func duplicateRule() {
    var form = Recipe.singleModel.form
    form.type("chat", "route.spec.rules[0].name")
    let outcome = form.perform(.duplicate(in: FormState.ruleList, at: 0))
    #expect(outcome.focus == FormState.ruleList.appending(1))
    #expect(form.rules[1] == Recipe.singleModel.form.rules[0])
    #expect(form.text("route.spec.rules[0].name") == "chat")
  }

  @Test("an operation on a row that is not there changes nothing")
  func nowhere() {
    let list = FormState.backendRefs(0)
    for recipe in Recipe.allCases {
      var form = recipe.form
      for operation: RouteForm.FormEdit in [
        .remove(from: list, at: 9), .remove(from: list, at: -1), .move(in: list, from: 0, to: 9),
        .move(in: list, from: -1, to: 0), .duplicate(in: list, at: 9),
        .remove(from: FormState.backendRefs(9), at: 0),
        .duplicate(in: FormState.matches(9), at: 0), .usePool(rule: 9, keeping: false),
        .useBackends(rule: 9), .usePool(rule: -1, keeping: true),
      ] {
        #expect(form.perform(operation) == EditOutcome(), "\(operation)")
        #expect(form == recipe.form, "\(operation)")
      }
    }
  }

  @Test("a match goes with its last header, for an empty match would match everything")
  func lastHeader() {
    var form = Recipe.tenantHeader.form
    let headers = FormState.matches(0).appending(0).appending("headers")
    _ = form.perform(.remove(from: headers, at: 1))
    #expect(form.value(at: headers)?.items.count == 1)
    _ = form.perform(.remove(from: headers, at: 0))
    #expect(form.rules[0]["matches"] == nil)
  }

  @Test(
    "addresses are read as they are written",
    arguments: [
      "route.spec.rules[3].matches[0].headers[1].value", "policy.spec.connection.bufferLimit",
      "grant[1].spec.from[0].namespace", "retry.spec.retry.numRetries",
      "route.metadata.labels[\"app.kubernetes.io/name\"]", "route.metadata.annotations[\"\"]",
    ])
  func addresses(_ text: String) throws {
    let address = try #require(Address(text))
    #expect(address.description == text)
  }

  @Test(
    "what is no address is none",
    arguments: [
      "", ".", "spec.rules", "grant.spec", "grant", "route[", "route.", "route..spec", "gränt[0]",
      "grant[99999999999999999999].spec",
    ])
  func noAddresses(_ text: String) { #expect(Address(text) == nil) }

  @Test("drafts that are forced in are written as they were typed")
  func force() {
    var form = Recipe.weightedSplit.form
    form.type("7O", Self.weight)
    form.acceptInvalidTexts()
    #expect(form.invalidTexts.isEmpty)
    #expect(form.yaml(.route).contains("weight: 7O\n"))
  }

  @Test("an object that a fix offers is taken up once")
  func offered() {
    var form = Recipe.blank.form
    form.writesPolicy = false
    let grant = Node.map([
      "kind": .string("ReferenceGrant"), "metadata": .map(["namespace": .string("far")]),
    ])
    form.add(grant)
    form.add(grant)
    form.add(.map(["kind": .string("ClientTrafficPolicy")]))
    form.add(
      .map([
        "kind": .string("BackendTrafficPolicy"),
        "spec": .map([
          "targetRefs": .sequence([]), "retry": .map(["numRetries": .integer(4)]),
        ]),
      ]))
    form.add(.map(["kind": .string("Service")]))
    form.add(.null)
    #expect(form.objects == [.policy, .grant(0), .grant(1), .route, .retry])
    // The retries are the form's own, the same as its switch writes.
    var switched = Recipe.blank.form
    switched.writeRetry(true)
    #expect(form.retry == switched.retry)
  }

  @Test("documents are always valid YAML that reads back as themselves", arguments: 0..<200)
  func valid(seed: Int) {
    var random = RandomForm(seed: UInt64(5000 + seed))
    random.edit(times: seed % 50)
    let parsed = Parser().parse(Array(random.form.yaml.utf8))
    #expect(!parsed.hasErrors)
    #expect(parsed.documents.map(\.root) == random.form.documents)
  }
}
