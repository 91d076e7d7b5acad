import Foundation
import Testing

/// The commands of the pages about pipelines, and the hook of pre-commit.
@Suite struct PipelineTests {
  private static let names = [
    "--set", "route.metadata.name=chat", "--set", "route.spec.parentRefs[0].name=gw",
  ]

  /// What other tools print: the same manifests, as each of them writes a stream.
  private static func stream(_ tool: String, _ manifests: String) -> String {
    switch tool {
    case "helm":
      manifests.components(separatedBy: "---\n").enumerated().map {
        "---\n# Source: chat/templates/part-\($0).yaml\n\($1)"
      }.joined()
    case "flux":
      "---\n"
        + manifests.replacing(
          "  namespace: default\n",
          with: """
              labels:
                kustomize.toolkit.fluxcd.io/name: apps
                kustomize.toolkit.fluxcd.io/namespace: flux-system
              namespace: default

            """) + "---\n"
    default: "\n---\n" + manifests
    }
  }

  /// The tools that are not of this machine, as functions of the shell.
  private static let tools = ["helm", "flux", "argocd"]
    .map { "\($0)() { cat bin/\($0).txt; }; " }.joined()

  /// A folder with a route in it, and in `bin` the program and what other tools print.
  private static func sandbox() throws -> Sandbox {
    let sandbox = try Sandbox()
    let words = ["--recipe", "single-model"] + names
    let manifests = try Run(["render"] + words, in: sandbox).output
    try sandbox.write("route.yaml", manifests)
    let answers = try Run(["render", "--print-answers"] + words, in: sandbox).output
    try FileManager.default.createDirectory(
      atPath: sandbox.full("bin"), withIntermediateDirectories: true)
    for tool in ["helm", "flux", "argocd"] {
      try sandbox.write("bin/\(tool).txt", stream(tool, manifests))
    }
    try sandbox.write("kustomization.yaml", "resources: [route.yaml]\n")
    try sandbox.write("route.answers.yaml", answers)
    try sandbox.write("route.cases.yaml", "")
    try FileManager.default.createSymbolicLink(
      atPath: sandbox.full("bin/aigw-wizard"), withDestinationPath: Built.wizard)
    return sandbox
  }

  /// The lines of a page's code that run the program.
  private static func commands(of page: Page) throws -> [String] {
    let blocks = try page.text().components(separatedBy: "```").enumerated()
      .filter { !$0.offset.isMultiple(of: 2) }.map(\.element)
    return blocks.flatMap { $0.split(separator: "\n").map(String.init) }
      .filter { $0.contains("aigw-wizard ") && !$0.contains("apt-get") && !$0.contains("repo:") }
      .map { line in
        let start = ["- run: ", "- "].compactMap { line.range(of: $0)?.upperBound }.first
        let isStep = line.trimmingCharacters(in: .whitespaces).hasPrefix("- ")
        return isStep ? String(line[(start ?? line.startIndex)...]) : line
      }
  }

  private static let pages = Page.all.filter { $0.path.hasPrefix(".docs/ci/") }

  @Test("every command of the pages about pipelines does what it says", arguments: pages)
  func commands(page: Page) throws {
    let sandbox = try Self.sandbox()
    let commands = try Self.commands(of: page)
    #expect(!commands.isEmpty)
    let path = "\(sandbox.full("bin")):\(ProcessInfo.processInfo.environment["PATH"] ?? "")"
    let hasKubectl = try Run(["-c", "command -v kubectl"], program: "sh", in: sandbox).ending
    for command in commands where !command.contains("kubectl") || hasKubectl == .exit(0) {
      if command.contains("aigw-wizard test") {
        try sandbox.write(
          "route.cases.yaml",
          "version: 1\ncases:\n  - request: {model: gpt-4o-mini}\n    expect: {status: 200}\n")
      }
      let run = try Run(
        ["-c", Self.tools + command], program: "sh", in: sandbox, environment: ["PATH": path])
      #expect(run.ending == .exit(0), "\(command)\n\(run.output)\(run.errors)")
      #expect(!run.errors.contains("not found"), "\(command): \(run.errors)")
    }
  }

  @Test("a stream of Helm or Flux with an error is told with its place")
  func streams() throws {
    let sandbox = try Self.sandbox()
    let text = try #require(sandbox.file("route.yaml"))
    let wrong = text.replacing(
      "- name: openai-backend", with: "- name: openai-backend\n          weight: -1")
    for tool in ["helm", "flux", "argocd"] {
      let run = try Run(["check", "-"], in: sandbox, input: Self.stream(tool, wrong))
      #expect(run.ending == .exit(3) && run.output.contains("-:"), "\(run.output)\(run.errors)")
    }
  }

  @Test("--pass-over takes named files as those of a folder")
  func passOver() throws {
    let sandbox = try Self.sandbox()
    try sandbox.write("values.yaml", "replicas: 3\n")
    try sandbox.write("chart.yaml", "a: {{ .Values.a }}\n")
    try sandbox.write("empty.yaml", "")
    let words = ["check", "values.yaml", "chart.yaml", "empty.yaml", "route.yaml", "--with", "."]
    #expect(try Run(words, in: sandbox).ending == .exit(1))
    let run = try Run(words + ["--pass-over", "--severity", "warning"], in: sandbox)
    #expect(run.ending == .exit(0), "\(run.errors)")
    #expect(run.errors.contains("1 is not a manifest") && run.errors.contains("1 Helm template"))
  }

  @Test("the hook of pre-commit names a command of ours, and runs no other")
  func hook() throws {
    let text = try String(
      contentsOf: Page.root.appending(path: ".pre-commit-hooks.yaml"), encoding: .utf8)
    let entry = try #require(
      text.split(separator: "\n").first { $0.contains("entry: ") }?
        .components(separatedBy: "entry: ").last)
    #expect(text.contains("language: system") && entry.contains("--with ."))
    let sandbox = try Self.sandbox()
    var words = entry.split(separator: " ").map(String.init)
    #expect(words.removeFirst() == "aigw-wizard")
    #expect(try Run(words + ["route.yaml"], in: sandbox).ending == .exit(0))
    let page = try Page(path: ".docs/ci/pre-commit.md").text()
    #expect(page.contains("\n\(entry) route.yaml\n"))
  }
}
