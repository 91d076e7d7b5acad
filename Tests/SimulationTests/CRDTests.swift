import Corpus
import Resources
import YAML
import Simulation
import Testing

/// What an API server says to the generated objects, where its reference reader is at hand.
@Suite(.enabled(if: CRDChecker.tool != nil)) struct CRDTests {
  @Test("random routes: the server takes what we say it takes and refuses what we say it refuses")
  func random() throws {
    var random = Seeded(5)
    var text = ""
    var places: [(number: Int, failure: String?, rules: String)] = []
    var count = 0
    for turn in 0..<70 {
      let rules = (0..<random.pick([0, 1, 2, 3])).map { _ in CRDTests.rule(&random) }
        .joined(separator: ", ")
      let documents = Documents.read(Documents.route(rules, more: ", labels: {app: x}"))
      let generated = try #require(Generated.all(in: ResourceIndex(of: documents)).first)
      for form in [Generated.Form.written, .stored] {
        // The filters hardly differ from route to route.
        for object in generated.objects(form).prefix(turn < 3 ? 3 : 1) {
          var printer = Printer()
          if count > 0 { text += "---\n" }
          text += printer.print([object.node]).text
          count += 1
          if object.node["kind"]?.text == "HTTPRoute" {
            places.append((count, generated.failure, rules))
          }
        }
      }
    }
    let findings = try CRDChecker.findings(in: text)
    #expect(places.contains { $0.failure != nil } && places.contains { $0.failure == nil })
    for place in places {
      let own = findings.filter { $0.document == place.number }
      #expect(
        own.isEmpty == (place.failure == nil),
        "\(place.rules)\n\(place.failure ?? "no failure")\n\(own)")
      // Each path that the server names is in our words, too.
      for finding in own where finding.field.hasPrefix("spec.") {
        #expect(place.failure?.contains(finding.field) == true, "\(finding)")
      }
    }
    let routes = Set(places.map(\.number))
    #expect(findings.allSatisfy { routes.contains($0.document) })
  }

  @Test("the sample is accepted")
  func sample() throws {
    let generated = try GeneratedTests.generated(GeneratedTests.sample)
    var printer = Printer()
    let text = printer.print(generated.objects(.stored).map(\.node)).text
    #expect(try CRDChecker.findings(in: text).isEmpty)
  }

  private static func rule(_ random: inout Seeded) -> String {
    let values = ["m", "a b", "'a  b'", "'ü'", "gpt-4o", "' x'", "m1"]
    let matches = (0..<random.pick([0, 1, 1, 2, 3, 63, 64, 65, 128])).map { number in
      let value = random.pick([nil, nil, nil, nil, nil, nil, 0]).map { _ in random.pick(values) }
      return "{headers: [{name: h, value: \(value ?? "v\(number)")}]}"
    }
    let refs = (0..<random.pick([0, 1, 2, 3, 16, 17])).map { _ in
      "{name: b, weight: \(random.pick([0, 1, 1_000_000, 1_000_001, 5, 5, 5, 5]))}"
    }
    let times = random.pick([
      "", ", timeouts: {request: 5s}", ", timeouts: {backendRequest: 61s}",
      ", timeouts: {backendRequest: 60s}", ", timeouts: {request: 0s, backendRequest: 2h}",
      ", timeouts: {request: 1m30s, backendRequest: 90001ms}",
    ])
    return "{matches: [\(matches.joined(separator: ", "))], "
      + "backendRefs: [\(refs.joined(separator: ", "))]\(times)}"
  }
}
