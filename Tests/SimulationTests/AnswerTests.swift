import Resources
import Foundation
import YAML
import Simulation
import Testing

/// The JSON contract and the words.
@Suite struct AnswerTests {
  static let yaml =
    Documents.route(
      "{name: gpt, matches: [{headers: [{name: x-ai-eg-model, value: m}]}], "
        + "backendRefs: [{name: a, weight: 2}, {name: b}, {name: c, priority: 1, "
        + "modelNameOverride: 'a \"b\"'}]}, " + Ask.rule(["x-ai-eg-model~.*"]))
    + Ask.backendPolicy("retry: {numAttemptsPerPriority: 1, numRetries: 1}")

  func object(_ answer: Answer) throws -> [String: Any] {
    let json = try JSONSerialization.jsonObject(with: Data(answer.node.json.utf8))
    return try #require(json as? [String: Any])
  }

  @Test("the answer has the keys of the contract and no others")
  func keys() throws {
    let object = try object(Ask.answer(AnswerTests.yaml))
    #expect(
      Set(object.keys) == [
        "status", "gateway", "route", "rule", "ruleName", "match", "reason", "backends",
        "timeouts", "failover", "considered", "warnings", "reservations",
      ])
    #expect(object["status"] as? Int == 200 && object["gateway"] as? String == "team-a/gw")
    #expect(object["route"] as? [String: String] == ["namespace": "team-a", "name": "chat"])
    #expect(object["rule"] as? Int == 0 && object["ruleName"] as? String == "gpt")
    #expect(object["match"] as? Int == 0)
    let backends = try #require(object["backends"] as? [[String: Any]])
    #expect(
      Set(backends[0].keys) == [
        "kind", "namespace", "name", "priority", "weight", "share", "model", "upstream", "failure",
      ])
    let shares = backends.compactMap { $0["share"] as? Double }
    #expect(shares[0] == 2.0 / 3 && shares[2] == 0 && abs(shares.reduce(0, +) - 1) < 1e-12)
    #expect(backends[2]["model"] as? String == "a \"b\"")
    let times = try #require(object["timeouts"] as? [String: Any])
    #expect(Set(times.keys) == ["request", "backendRequest", "streamIdle", "maxStreamDuration"])
    #expect(times["request"] as? String == "60s" && times["streamIdle"] as? String == "1h")
    let failover = try #require(object["failover"] as? [[String: Any]])
    #expect(failover.count == 2 && failover[1]["backends"] as? [String] == ["c"])
    #expect(failover[1]["attempt"] as? Int == 2 && failover[1]["priority"] as? Int == 1)
    let considered = try #require(object["considered"] as? [[String: Any]])
    #expect(considered.count == 3)
    #expect(Set(considered[0].keys) == ["route", "rule", "match", "outcome", "detail"])
  }

  @Test("a 404 has null for route, rule and match")
  func notFound() throws {
    let object = try object(Ask.answer(Documents.route(Documents.rule("m")), "other"))
    #expect(object["status"] as? Int == 404)
    for key in ["route", "rule", "match"] { #expect(object[key] is NSNull) }
    #expect(object["reason"] as? String != "")
  }

  @Test("the words name winner, shares, times, tries, limit, losers and warnings")
  func words() {
    let answer = Ask.answer(AnswerTests.yaml)
    let text = answer.paragraphs.flatMap { [$0.title] + $0.lines }.joined(separator: "\n")
    for part in [
      "200: rule 1 (m) of team-a/chat takes it before rule 2", "Exact", "66.7%",
      "33.3%", "100%", "whole request   60s", "try 1", "try 2", "32768 bytes",
      "outranked rule 2 (.*) of team-a/chat", "modelNameOverride",
    ] {
      #expect(text.contains(part), "\(part)\n\(text)")
    }
  }

  @Test(
    "per cents never round a little away, nor up to all",
    arguments: [
      (0, "0%"), (1, "100%"), (0.5, "50%"), (1.0 / 3, "33.3%"), (0.0000001, "0.1%"),
      (0.99999, "99.9%"), (0.125, "12.5%"),
    ] as [(Double, String)])
  func percents(share: Double, text: String) { #expect(share.percent == text) }

  @Test("JSON has every kind of value as other readers expect it")
  func json() throws {
    let node = Node.map([
      "s": .string("\u{0}\u{1F}\"\\\n\t\u{7F}é😀"), "i": .scalar(Scalar("0x1F", .integer)),
      "f": .scalar(Scalar("1e400", .float)), "g": .scalar(Scalar("0.5", .float)), "n": .null,
      "b": .scalar(Scalar("yes", .bool)), "e": .sequence([]), "m": .map([:]),
      "l": .sequence([.integer(1), .map(["k": .null])]),
    ])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(node.json.utf8)) as? [String: Any])
    #expect(object["s"] as? String == "\u{0}\u{1F}\"\\\n\t\u{7F}é😀")
    #expect(object["i"] as? Int == 31 && object["g"] as? Double == 0.5)
    #expect(object["f"] as? String == "1e400" && object["b"] as? Bool == true)
    #expect((object["e"] as? [Any])?.isEmpty == true && object["n"] is NSNull)
  }
}

/// Requests saved with what they are to get.
@Suite struct CaseTests {
  static func cases(_ yaml: String) throws -> CaseFile {
    try CaseFile(try #require(Documents.read(yaml).first))
  }

  static let good = """
    version: 1
    files: [a.yaml]
    gateway: team-a/gw
    cases:
      - name: all keys
        request: {model: m, headers: {x-t: a}, host: a.example.com, path: /v1/embeddings, method: PUT, size: 1Ki}
        expect:
          status: 200
          route: team-a/chat
          rule: gpt
          match: 0
          backends: {a: 66.7%, b: 0.333, c: 0}
          model: {a: m, c: 'a "b"'}
          timeouts: {request: 1m, backendRequest: null}
          failover: [[b, a], c]
    """

  @Test("a file is read, holds, and is written as it was")
  func good() throws {
    let file = try CaseTests.cases(CaseTests.good)
    #expect(file.files == ["a.yaml"] && file.gateway?.description == "team-a/gw")
    let item = try #require(file.cases.first)
    #expect(item.request.size == 1024 && item.request.method == "PUT")
    let answer = Ask.simulator(AnswerTests.yaml).answer(to: item.request)
    #expect(item.differences(from: answer) == [])
    #expect(try CaseFile(file.node).node == file.node)
  }

  @Test(
    "each difference is told with both values",
    arguments: [
      ("status: 404", "status is 200, expected 404"),
      ("route: other", "route is team-a/chat, expected other"),
      ("route: null", "route is team-a/chat, expected none"),
      ("rule: 1", "rule is rules[0], expected rules[1]"),
      ("rule: x", "rule is rules[0], expected x"),
      ("match: null", "match is matches[0], expected none"),
      ("backends: [a]", "backends is a, b, expected a"),
      ("backends: {a: 0.5, b: 0.5}", "backends is a 66.7%, b 33.3%, expected a 50%, b 50%"),
      ("model: x", "model is m, expected x"),
      ("model: {c: m}", "model of c is a \"b\", expected m"),
      ("timeouts: {request: 61s}", "timeouts.request is 60s, expected 61s"),
      ("timeouts: {streamIdle: 1s}", "timeouts.streamIdle is none, expected 1s"),
      ("failover: [a]", "failover is a, b, then c, expected a"),
      ("models: [m]", "models is none, expected m"),
    ])
  func differences(expectation: String, words: String) throws {
    let file = try CaseTests.cases(
      "version: 1\ncases: [{request: {model: m}, expect: {\(expectation)}}]")
    let answer = Ask.answer(AnswerTests.yaml)
    #expect(file.cases[0].differences(from: answer).map(\.message) == [words])
  }

  @Test(
    "what is right has no difference",
    arguments: [
      "status: 200", "route: chat", "rule: 0", "backends: [b, a]", "model: m",
      "timeouts: {request: 60000ms}",
    ])
  func same(expectation: String) throws {
    let file = try CaseTests.cases(
      "version: 1\ncases: [{request: {model: m}, expect: {\(expectation)}}]")
    #expect(file.cases[0].differences(from: Ask.answer(AnswerTests.yaml)).isEmpty)
  }

  @Test(
    "what is wrong with a file is told with its place and what would be right",
    arguments: [
      ("cases: []", "version", "version: 1"), ("version: 2\ncases: []", "version", "1"),
      ("version: 1", "cases", "list"), ("version: 1\ncase: []", "case", "did you mean cases?"),
      ("version: 1\ncases: [x]", "cases[0]", "mapping"),
      ("version: 1\ncases: [{request: {}}]", "cases[0]", "expect"),
      (
        "version: 1\ncases: [{request: {modl: m}, expect: {status: 200}}]", "cases[0].request.modl",
        "model"
      ),
      (
        "version: 1\ncases: [{request: {size: 1x}, expect: {status: 200}}]",
        "cases[0].request.size", "1Mi"
      ),
      (
        "version: 1\ncases: [{request: {headers: [a]}, expect: {status: 200}}]",
        "cases[0].request.headers", "NAME"
      ),
      ("version: 1\ncases: [{request: {}, expect: {}}]", "cases[0].expect", "status"),
      (
        "version: 1\ncases: [{request: {}, expect: {status: 20}}]", "cases[0].expect.status",
        "an HTTP status"
      ),
      (
        "version: 1\ncases: [{request: {}, expect: {backends: {a: 2}}}]",
        "cases[0].expect.backends", "0.9"
      ),
      (
        "version: 1\ncases: [{request: {}, expect: {timeouts: {total: 1s}}}]",
        "cases[0].expect.timeouts", "backendRequest"
      ),
      ("version: 1\nfiles: a\ncases: []", "files", "list"), ("[]", "", "mapping"),
    ])
  func faults(yaml: String, path: String, words: String) {
    #expect {
      _ = try CaseTests.cases(yaml)
    } throws: { error in
      let fault = error as? CaseFile.FieldError
      return fault?.path.description == path && fault?.message.contains(words) == true
    }
  }
}
