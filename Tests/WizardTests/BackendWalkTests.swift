import Corpus
import Lint
import Resources
import RouteForm
import Screen
import Testing
import YAML

@testable import Wizard

/// Random forms with described backends.
@Suite("random described backends") struct BackendWalkTests {
  private static let texts = [
    "", "a", "My Region", "-x", "eu-west-1", "us-central1", "global", "x y", "99999", "0", "443",
    "日本", "a.b", "UPPER", "x_y", "https://id.acme.io", "http://id", "/v1", "v2", "null", "true",
    "1.0", "key", "none", "oidc", "adc", "federation", "client-secret", "yes", "no",
    String(repeating: "a", count: 64), String(repeating: "b", count: 254), "a..b", "a.", "*.a.io",
  ]

  @Test(
    "an API server takes what Review shows without errors",
    .enabled(if: CRDChecker.tool != nil))
  func accepted() throws {
    var random = Seeded(17)
    var text = ""
    var forms: [(documents: Range<Int>, form: FormState)] = []
    var (sound, faulty, next) = (0, 0, 1)
    for _ in 0..<240 {
      var form = Self.form(&random)
      for _ in 0..<Int.random(in: 0..<9, using: &random) { Self.edit(&form, &random) }
      var wizard = Wizard(
        Wizard.Start(
          form: form, asks: false, output: Output(path: nil), size: Size(rows: 24, columns: 80)))
      _ = wizard.settle()
      wizard.workspace.revise()
      guard wizard.workspace.analysis.problems.allSatisfy({ $0.severity != .error }) else {
        faulty += 1
        continue
      }
      sound += 1
      text += (text.isEmpty ? "" : "---\n") + wizard.workspace.analysis.printedText.text
      forms.append((next..<next + form.objects.count, form))
      next += form.objects.count
    }
    #expect(sound > 40 && faulty > 60, "\(sound) sound, \(faulty) faulty")
    for finding in try CRDChecker.findings(in: text) {
      let form = forms.first { $0.documents.contains(finding.document) }?.form
      Issue.record(
        "\(finding.field): \(finding.message)\n\(form?.providers.map { $0.settings } ?? [])")
    }
  }

  /// A route whose backends are described by any presets.
  private static func form(_ random: inout Seeded) -> FormState {
    var form = (Recipe.allCases.randomElement(using: &random) ?? .blank).form
    form.type("chat", "route.metadata.name")
    form.type("gw", "route.spec.parentRefs[0].name")
    if form.rules.first?["matches"]?[0]?["headers"]?[0]?["value"] == nil {
      form.type("m", "route.spec.rules[0].matches[0].headers[0].value")
    }
    if form.placedRefs.first?.name.isEmpty != false {
      form.type("b", "route.spec.rules[0].backendRefs[0].name")
    }
    for ref in form.placedRefs {
      let preset = ProviderPreset.all.randomElement(using: &random)?.name
      _ = form.perform(.describe(ref.address, preset: preset))
    }
    for index in form.providers.indices {
      for setting in form.providers[index].missingSettings(isPool: false)
      where Int.random(in: 0..<10, using: &random) > 0 {
        form.type("eu-west-1", at: .provider(index, setting))
      }
    }
    return form
  }

  /// Any edit of a described backend or of what it follows.
  private static func edit(_ form: inout FormState, _ random: inout Seeded) {
    let text = texts.randomElement(using: &random) ?? ""
    guard let index = form.providers.indices.randomElement(using: &random) else { return }
    switch Int.random(in: 0..<12, using: &random) {
    case 0: _ = form.perform(.writeGateway(!form.writesGateway))
    case 1: form.type(text, "route.metadata.namespace")
    case 2: form.type(text, "route.spec.rules[0].backendRefs[0].namespace")
    case 3: _ = form.perform(.usePool(rule: 0, keeping: false))
    case 4: form.type(text, "service[\(index)].spec.schema.prefix")
    case 5:
      let preset = ProviderPreset.all.randomElement(using: &random)?.name ?? ""
      form.type(preset, at: .provider(index, .preset))
    default:
      let settings = form.providers[index].shownSettings.filter { $0 != .preset }
      guard let setting = settings.randomElement(using: &random) else { return }
      form.type(text, at: .provider(index, setting))
    }
  }
}

extension FormState {
  /// Types a text at a path, spelt as `--set` spells it.
  fileprivate mutating func type(_ text: String, _ path: String) {
    guard let address = Address(path) else { return }
    type(text, at: address)
  }
}
