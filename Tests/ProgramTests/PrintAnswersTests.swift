import Testing

/// `render --print-answers`: the form as a file that renders to the same bytes.
@Suite struct PrintAnswersTests {
  private static let names = [
    "--set", "route.metadata.name=r", "--set", "route.spec.parentRefs[0].name=gw",
  ]

  @Test(
    "the answers of every recipe render to the same bytes",
    arguments: [
      [], ["--recipe", "single-model"], ["--recipe", "weighted-split", "--set", "policy=false"],
      ["--recipe", "failover-pair", "--set", "retry.spec.retry.numRetries=7"],
      ["--recipe", "tenant-header", "--api-version", "v1beta1"], ["--recipe", "catch-all"],
      ["--recipe", "inference-pool"], ["--recipe", "openai"], ["--recipe", "bedrock"],
      ["--recipe", "openai-azure-failover", "--with-gateway", "gw,https=gw-cert,from=All"],
      ["--recipe", "anthropic-and-openai"], ["--recipe", "self-hosted-vllm"],
      ["--recipe", "single-model", "--provider", "openai-backend=openai,model=gpt-4o"],
      [
        "--recipe", "single-model", "--set", "route.spec.rules[0].backendRefs[0].namespace=shared",
        "--set", "grant=true", "--set", "route.metadata.labels={a.b/c: \"1\"}",
      ],
      ["--recipe", "single-model", "--set", "route.spec.rules[0].backendRefs[0].weight=many"],
    ])
  func same(words: [String]) throws {
    let sandbox = try Sandbox()
    let words = words + Self.names
    let answers = try Run(["render", "--print-answers"] + words, in: sandbox)
    #expect(answers.ending == .exit(0) && answers.errors.isEmpty, "\(answers.errors)")
    try sandbox.write("answers.yaml", answers.output)
    let (first, second) = try (
      Run(["render", "--force"] + words, in: sandbox),
      Run(["render", "--force", "--answers", "answers.yaml"], in: sandbox)
    )
    #expect(!first.output.isEmpty && second.output == first.output)
    #expect(second.ending == first.ending && second.errors == first.errors)
    let again = try Run(["render", "--print-answers", "--answers", "answers.yaml"], in: sandbox)
    #expect(again.output == answers.output)
  }

  @Test("--print-answers takes no place to write to")
  func misuse() throws {
    for option in [["-o", "x.yaml"], ["--check"], ["--force"]] {
      let run = try Run(["render", "--print-answers"] + option, in: Sandbox())
      #expect(run.ending == .exit(2) && run.errors.contains("--print-answers prints to stdout"))
    }
  }
}
