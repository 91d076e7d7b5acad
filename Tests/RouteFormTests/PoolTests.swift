import Foundation
import YAML
import Testing

@testable import RouteForm

@Suite("switching a rule to a pool")
struct PoolTests {
  @Test("what stops applying is told, each thing once")
  func lost() {
    var form = Recipe.weightedSplit.form
    #expect(
      form.lostToPool(rule: 0) == [
        "backends: openai-backend, azure-openai-backend",
        "weights (a pool has nothing to share with)",
      ])
    form.type("1", "route.spec.rules[0].backendRefs[1].priority")
    form.type("gpt-4o-eu", "route.spec.rules[0].backendRefs[1].modelNameOverride")
    form.type("x", "route.spec.rules[0].backendRefs[0].headerMutation.remove[0]")
    form.type("user", "route.spec.rules[0].backendRefs[0].bodyMutation.remove[0]")
    #expect(
      form.lostToPool(rule: 0).dropFirst(2) == [
        "priorities (no failover from a pool to a provider)", "model name overrides",
        "header mutations", "body mutations",
      ])
    #expect(Recipe.blank.form.lostToPool(rule: 0).isEmpty)
    #expect(Recipe.blank.form.lostToPool(rule: 7).isEmpty)
  }

  @Test("text that is no value yet is not lost in silence either")
  func lostDrafts() {
    var form = Recipe.blank.form
    form.type("7O", "route.spec.rules[0].backendRefs[0].weight")
    #expect(!form.lostToPool(rule: 0).isEmpty)
  }

  @Test("dropping leaves the card's three keys")
  func dropping() {
    var form = Recipe.weightedSplit.form
    form.type("7O", "route.spec.rules[0].backendRefs[1].weight")
    let outcome = form.perform(.usePool(rule: 0, keeping: false))
    #expect(outcome.focus == FormState.backendRefs(0).appending(0).appending("name"))
    form.type("my-inference-pool", "route.spec.rules[0].backendRefs[0].name")
    #expect(
      form.rules[0]["backendRefs"]
        == .sequence([
          .map([
            "name": .string("my-inference-pool"),
            "group": .string("inference.networking.k8s.io"), "kind": .string("InferencePool"),
          ])
        ]))
    #expect(form.invalidTexts.isEmpty)
    #expect(FormState.isPool(form.rules[0]))
  }

  @Test("keeping leaves the first backend's other fields on the pool")
  func keeping() {
    var form = Recipe.weightedSplit.form
    form.type("far", "route.spec.rules[0].backendRefs[0].namespace")
    _ = form.perform(.usePool(rule: 0, keeping: true))
    #expect(
      form.rules[0]["backendRefs"]
        == .sequence([
          .map([
            "group": .string("inference.networking.k8s.io"), "kind": .string("InferencePool"),
            "namespace": .string("far"), "weight": .integer(80),
          ])
        ]))
  }

  @Test("other rules are left alone, and the way back gives an empty backend")
  func back() {
    var form = Recipe.tenantHeader.form
    _ = form.perform(.usePool(rule: 1, keeping: false))
    #expect(form.rules[0] == Recipe.tenantHeader.form.rules[0])
    #expect(form.rules[1]["matches"] == Recipe.tenantHeader.form.rules[1]["matches"])
    _ = form.perform(.useBackends(rule: 1))
    #expect(form.rules[1]["backendRefs"] == .sequence([.map([:])]))
    #expect(!FormState.isPool(form.rules[1]))
  }
}
