import Schemas
import Lint
import YAML
import Testing

@testable import RouteForm

@Suite("sound recipes")
struct SoundRecipeTests {
  @Test(
    "a recipe with its names filled in has no errors and no warnings, whatever the release",
    arguments: Recipe.allCases, Release.allCases)
  func filled(_ recipe: Recipe, _ release: Release) {
    var form = recipe.form
    form.type("openai-route", "route.metadata.name")
    form.type("my-gateway", "route.spec.parentRefs[0].name")
    if recipe == .blank {
      form.type("gpt-4o", "route.spec.rules[0].matches[0].headers[0].value")
      form.type("openai-backend", "route.spec.rules[0].backendRefs[0].name")
    }
    // What only the user knows of a provider.
    for (index, provider) in form.providers.enumerated() {
      for setting in provider.missingSettings(isPool: false) {
        form.type("eu-west-1", at: Address(.provider(index), Path([.key(setting.rawValue)])))
      }
    }
    form.release = release
    var linter = Linter(target: release)
    let findings = linter.findings(in: form.documents).filter { $0.severity != .info }
    #expect(findings.map { "\($0.rule) \($0.message)" } == [])
  }
}
