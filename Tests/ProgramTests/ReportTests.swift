import Foundation
import Testing

/// `check --format sarif` and `github`.
@Suite struct ReportTests {
  private static let route = """
    apiVersion: aigateway.envoyproxy.io/v1beta1
    kind: AIGatewayRoute
    metadata: {name: chät, namespace: team-a}
    spec:
      parentRefs: [{name: gw}]
      rules:
        - matches: [{headers: [{name: x-ai-eg-model, value: a}]}]
          backendRefs:
            - name: a
              weight: -1
            - name: b
              priority: 1

    """

  private typealias Object = [String: Any]

  /// What SARIF 2.1.0 requires of a log, from its specification: the keys and the types of what this
  /// program writes (OASIS, Static Analysis Results Interchange Format, sections 3.13 to 3.57).
  private func run(of log: Object) throws -> Object {
    #expect(log["version"] as? String == "2.1.0")
    #expect((log["$schema"] as? String)?.hasSuffix("sarif-2.1.0.json") == true)
    let run = try #require((log["runs"] as? [Object])?.first)
    let driver = try #require((run["tool"] as? Object)?["driver"] as? Object)
    #expect(driver["name"] as? String == "aigw-wizard")
    #expect(run["columnKind"] as? String == "unicodeCodePoints")
    let invocation = try #require((run["invocations"] as? [Object])?.first)
    #expect(invocation["executionSuccessful"] is Bool)
    let rules = try #require(driver["rules"] as? [Object])
    for rule in rules {
      #expect(rule["id"] is String && rule["name"] is String)
      for key in ["shortDescription", "fullDescription", "help"] {
        #expect(((rule[key] as? Object)?["text"] as? String)?.isEmpty == false)
      }
      try expectLevel((rule["defaultConfiguration"] as? Object)?["level"])
    }
    for result in try #require(run["results"] as? [Object]) {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
      try expectLevel(result["level"])
      try expectText(result["message"])
      let location = try #require((result["locations"] as? [Object])?.first)
      let place = try #require(location["physicalLocation"] as? Object)
      try expectArtifact(place["artifactLocation"])
      try expectRegion(place["region"])
      for fix in result["fixes"] as? [Object] ?? [] {
        try expectText(fix["description"])
        let changes = try #require(fix["artifactChanges"] as? [Object])
        #expect(!changes.isEmpty)
        for change in changes {
          try expectArtifact(change["artifactLocation"])
          let replacement = try #require((change["replacements"] as? [Object])?.first)
          try expectRegion(replacement["deletedRegion"])
          try expectText(replacement["insertedContent"])
        }
      }
    }
    return run
  }

  private func expectLevel(_ level: Any?) throws {
    #expect(["error", "warning", "note"].contains(try #require(level as? String)))
  }

  private func expectText(_ message: Any?) throws {
    _ = try #require((message as? Object)?["text"] as? String)
  }

  private func expectArtifact(_ artifact: Any?) throws {
    let uri = try #require((artifact as? Object)?["uri"] as? String)
    #expect(URL(string: uri) != nil && !uri.hasPrefix("./"))
  }

  private func expectRegion(_ region: Any?) throws {
    let region = try #require(region as? Object)
    let numbers = try ["startLine", "startColumn", "endLine", "endColumn"].map {
      try #require(region[$0] as? Int)
    }
    #expect(numbers.allSatisfy { $0 >= 1 })
    #expect((numbers[0], numbers[1]) <= (numbers[2], numbers[3]))
  }

  private func log(_ words: [String], in sandbox: Sandbox, exit status: Int32 = 3) throws -> Object
  {
    let run = try Run(["check", "--format", "sarif"] + words, in: sandbox)
    #expect(run.ending == .exit(status))
    return try #require(JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? Object)
  }

  @Test("a SARIF log has what the specification requires, in its types")
  func sarif() throws {
    let sandbox = try Sandbox()
    try sandbox.write("a b.yaml", Self.route)
    let run = try run(of: log(["./a b.yaml"], in: sandbox))
    let results = try #require(run["results"] as? [Object])
    let places = results.compactMap { result in
      ((result["locations"] as? [Object])?.first?["physicalLocation"] as? Object)?["region"]
        as? [String: Int]
    }
    #expect(
      places.contains(["startLine": 10, "startColumn": 19, "endLine": 10, "endColumn": 21]))
    #expect(results.contains { $0["fixes"] != nil })
  }

  @Test("a SARIF log of nothing, and of what cannot be read, is one too")
  func sarifEnds() throws {
    let sandbox = try Sandbox()
    try sandbox.write("a.yaml", "kind: [\n")
    try sandbox.write("b.yaml", "kind: Namespace\napiVersion: v1\nmetadata: {name: b}\n")
    let broken = try run(of: log(["a.yaml"], in: sandbox, exit: 1))
    #expect((broken["invocations"] as? [Object])?.first?["executionSuccessful"] as? Bool == false)
    let sound = try run(of: log(["b.yaml", "--severity", "error"], in: sandbox, exit: 0))
    #expect((sound["results"] as? [Object])?.isEmpty == true)
  }

  @Test("the fixes of a SARIF log, made in the text, do what --fix does")
  func sarifFixes() throws {
    let sandbox = try Sandbox()
    try sandbox.write("a.yaml", Self.route)
    let results = try #require(
      run(of: log(["a.yaml"], in: sandbox))["results"] as? [Object])
    var made = 0
    for result in results {
      guard let fix = (result["fixes"] as? [Object])?.first,
        let change = (fix["artifactChanges"] as? [Object])?.first,
        let part = (change["replacements"] as? [Object])?.first,
        let region = part["deletedRegion"] as? [String: Int],
        let text = (part["insertedContent"] as? Object)?["text"] as? String,
        let rule = result["ruleId"] as? String
      else { continue }
      var lines = Self.route.split(separator: "\n", omittingEmptySubsequences: false)
        .map(String.init)
      // Whole lines are replaced, up to the beginning of another one.
      #expect(region["startColumn"] == 1 && region["endColumn"] == 1)
      let (start, end) = ((region["startLine"] ?? 1) - 1, (region["endLine"] ?? 1) - 1)
      lines.replaceSubrange(start..<end, with: text.split(separator: "\n").map(String.init))
      try sandbox.write("b.yaml", lines.joined(separator: "\n"))
      let rest = try Run(["check", "b.yaml", "--only", rule], in: sandbox)
      #expect(!rest.output.contains("[\(rule) "), "\(rule): \(rest.output)")
      made += 1
    }
    #expect(made > 1)
  }

  @Test(
    "a fix that would bring another error alone is no fix of a SARIF log; --fix makes both at once")
  func harmfulFix() throws {
    let sandbox = try Sandbox()
    let ref = "group: aigateway.envoyproxy.io, kind: AIServiceBackend"
    let rule = { (refs: String) in
      """
      apiVersion: aigateway.envoyproxy.io/v1beta1
      kind: AIGatewayRoute
      metadata: {name: r, namespace: ai}
      spec:
        parentRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gw}]
        rules:
          - matches: [{headers: [{name: x-ai-eg-model, value: m}]}]
            timeouts: {request: 300s}
            backendRefs: [\(refs)]

      """
    }
    // With one of two written as it should be, the other is taken for a pool beside a backend.
    for (text, isMended) in [
      (rule("{name: a, \(ref)}"), true), (rule("{name: a, \(ref)}, {name: b, \(ref)}"), false),
    ] {
      try sandbox.write("a.yaml", text)
      let results = try #require(
        run(of: log(["a.yaml"], in: sandbox))["results"] as? [Object])
      let fixes = results.filter { $0["ruleId"] as? String == "L04" }.map { $0["fixes"] != nil }
      #expect(!fixes.isEmpty && fixes.allSatisfy { $0 == isMended }, "\(fixes)")
      let patch = try Run(["check", "--fix", "-o", "-", "a.yaml", "--only", "L04"], in: sandbox)
      #expect(patch.output.contains("\n+      backendRefs: [{name: a}"), "\(patch.output)")
      #expect(!patch.errors.contains("not fixed"))
    }
  }

  @Test("GitHub's annotations name file, line and rule, with its escapes")
  func github() throws {
    let sandbox = try Sandbox()
    try sandbox.write("a,b:100%.yaml", Self.route)
    let run = try Run(["check", "--format", "github", "./a,b:100%.yaml"], in: sandbox)
    #expect(run.ending == .exit(3))
    let lines = run.output.split(separator: "\n")
    #expect(
      lines.contains {
        $0.hasPrefix("::error file=a%2Cb%3A100%25.yaml,line=10,col=19,title=schema.range::weight")
      }, "\(run.output)")
    let command = /::(error|warning|notice) file=[^,:]+,line=\d+,col=\d+,title=[^,:]+::\S.*/
    #expect(lines.allSatisfy { $0.wholeMatch(of: command) != nil }, "\(run.output)")
  }

  @Test("a format that a command does not have is refused, with those that there are")
  func formats() throws {
    let sandbox = try Sandbox()
    for (words, hints) in [
      (["check", "--format", "xml", "x"], ["xml", "sarif", "github"]),
      (["simulate", "--format", "sarif", "x"], ["sarif", "text", "json"]),
      (["generated", "--format", "github", "x"], ["github", "yaml", "json"]),
      (["diff", "--format", "json", "a", "b"], ["diff has one format", "check"]),
      (["render", "--format=json"], ["render has one format", "generated"]),
      (["check", "--sarif", "x"], ["did you mean --format sarif?"]),
    ] {
      let run = try Run(words, in: sandbox)
      #expect(run.ending == .exit(2) && run.output.isEmpty)
      #expect(hints.allSatisfy(run.errors.contains), "\(run.errors)")
    }
  }
}
