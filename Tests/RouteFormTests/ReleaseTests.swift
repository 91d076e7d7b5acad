import Schemas
import YAML
import Testing

@testable import RouteForm

@Suite("the release that a form is for")
struct ReleaseTests {
  private func form(_ release: Release) -> FormState {
    var form = Recipe.singleModel.form
    form.release = release
    return form
  }

  private let rule = FormState.ruleList.appending(0)

  /// The fields and cards of items.
  private func addresses(_ items: [FormRow]) -> [Address] {
    items.flatMap { item -> [Address] in
      switch item.content {
      case .fields(let fields): fields.map(\.address)
      case .cards(let cards): cards.map(\.address)
      case .heading, .toggle, .table, .buttons, .note: []
      }
    }
  }

  @Test("steps and cards have no fields that the release lacks", arguments: Release.allCases)
  func hidden(_ release: Release) {
    let form = form(release)
    let name = rule.appending("name")
    let idle = rule.appending("streamIdleTimeout")
    let hostnames = Address.route(.key("spec"), .key("hostnames"))
    let isLast = release == .v1_1
    #expect(addresses(Step.matches.items(of: form, rule: 0)).contains(name) == isLast)
    #expect(addresses(Step.timeouts.items(of: form, rule: 0)).contains(idle) == isLast)
    #expect(addresses(ObjectCard.items(of: form, at: rule)).contains(idle) == isLast)
    #expect(
      addresses(Step.gateway.items(of: form, rule: 0)).contains(hostnames) == (release > .v0_6))
    #expect(
      addresses(Step.matches.items(of: form, rule: 0)).contains(rule.appending("modelsOwnedBy")))
  }

  @Test("a field of a later Envoy Gateway is there where the release works with that")
  func later() {
    let timeout = Address(.policy, Path([.key("spec"), .key("timeout"), .key("http")]))
      .appending("requestHeadersReceivedTimeout")
    #expect(form(.v1_1).shows(timeout) && form(.v0_7).shows(timeout))
    #expect(!form(.v0_6).shows(timeout))
  }

  @Test("what is set or typed stays in sight")
  func set() {
    var form = form(.v1_0)
    form.type("chat", at: rule.appending("name"))
    form.type("5 min", at: rule.appending("streamIdleTimeout"))
    #expect(addresses(Step.matches.items(of: form, rule: 0)).contains(rule.appending("name")))
    #expect(
      addresses(Step.timeouts.items(of: form, rule: 0)).contains(
        rule.appending("streamIdleTimeout")))
    #expect(form.yaml.contains("name: chat"))
  }

  @Test("another opened route is for the same release, and only served versions are offered")
  func opened() {
    let documents = [Recipe.singleModel, .catchAll].enumerated().map {
      OpenedDocument($1.form.route, file: 0, document: $0)
    }
    var form = FormState(opening: documents)
    form.release = .v0_6
    form.chooseRoute(1)
    #expect(form.held.route == 1 && form.release == .v0_6)
    form.writeGrants(for: "shared", true)
    let version = Address(.grant(0), Path([.key("apiVersion")]))
    #expect(form.choices(at: version) == ["gateway.networking.k8s.io/v1beta1"])
    form.release = .v0_7
    #expect(form.choices(at: version).contains("gateway.networking.k8s.io/v1"))
  }
}
