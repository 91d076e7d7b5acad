import Resources
import Schemas
import Simulation
import Testing
import YAML

/// What AI Gateway answers itself, where a rule has several backends.
@Suite struct UpstreamFailureTests {
  /// A primary of one schema and a fallback of another, with retries.
  static func pair(_ first: String, _ second: String, priority: Int = 1) -> String {
    Documents.route("{backendRefs: [{name: a, weight: 3}, {name: b, priority: \(priority)}]}")
      + Documents.service("a").replacing("name: OpenAI", with: "name: \(first)")
      + Documents.service("b").replacing("name: OpenAI", with: "name: \(second)")
      + Ask.backendPolicy("retry: {numAttemptsPerPriority: 1, numRetries: 3}")
  }

  @Test("the share of a backend whose schema does not serve the endpoint gets 500")
  func share() {
    let answer = UpstreamTests.answer(Self.pair("OpenAI", "Anthropic", priority: 0))
    #expect(answer.status == .done && answer.hasWarning("25% of the requests get 500: schema"))
    #expect(answer.backends.map { $0.failure == nil } == [true, false])
  }

  @Test("a fallback that does not serve the endpoint turns a retry into 500, which is the last try")
  func fallback() {
    let yaml = Self.pair("OpenAI", "Anthropic")
    let sound = UpstreamTests.answer(yaml)
    #expect(sound.status == .done && sound.hasWarning("a try that reaches b gets 500"))
    #expect(sound.paragraphs.flatMap(\.lines).contains { $0.hasSuffix("b (500)") })
    let down = UpstreamTests.answer(yaml, down: ["a"])
    #expect(down.status == .failed && down.reason.contains("try 2 is the last one: schema"))
  }

  @Test("AI Gateway's own 500 is not tried again at a backend that would serve it")
  func notRetried() {
    let answer = UpstreamTests.answer(Self.pair("Anthropic", "OpenAI"))
    #expect(answer.status == .failed && answer.reason.hasSuffix("which is not tried again"))
    let out = UpstreamTests.answer(Self.pair("Anthropic", "OpenAI"), down: ["a"])
    #expect(out.status == .done)
    let checked = Self.pair("OpenAI", "Cohere").replacing(
      "  retry:", with: "  healthCheck: {active: {type: TCP}}\n  retry:")
    let taken = UpstreamTests.answer(checked, down: ["a"])
    #expect(taken.status == .failed)
  }

  @Test("the shares of a rule are those of a rule, whatever endpoint it serves")
  func ruleWithoutEndpoint() throws {
    let yaml = UpstreamTests.bundle("name: Anthropic")
    let simulator = Simulator(documents: Documents.read(yaml))
    let answer = try #require(simulator.outcome(ofRule: 0, of: ObjectKey("team-a/chat")))
    #expect(answer.status == .done && answer.shares == [1])
  }

  @Test("Claude on Vertex answers messages with 500 where its schema has no version")
  func version() {
    let yaml = UpstreamTests.bundle("name: GCPAnthropic")
    let answer = UpstreamTests.answer(yaml, at: "/anthropic/v1/messages")
    #expect(answer.status == .failed && answer.reason.contains("anthropic_version is required"))
    #expect(UpstreamTests.answer(yaml).status == .done)
  }
}
