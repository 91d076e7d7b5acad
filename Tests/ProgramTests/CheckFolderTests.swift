import Foundation
import Testing

/// `check` over folders, and with objects that only inform.
@Suite struct CheckFolderTests {
  /// A route with one error, which tells that it was judged.
  private static func route(_ name: String) -> String {
    """
    apiVersion: aigateway.envoyproxy.io/v1beta1
    kind: AIGatewayRoute
    metadata: {name: \(name), namespace: team-a}
    spec:
      parentRefs: [{name: gw}]
      rules:
        - matches: [{headers: [{name: x-ai-eg-model, value: \(name)}]}]
          timeouts: {request: 60s}
          backendRefs: [{name: a, weight: -1}]

    """
  }

  private static func write(_ files: [String: String], in sandbox: Sandbox) throws {
    for (name, text) in files {
      let folder = URL(filePath: sandbox.full(name)).deletingLastPathComponent()
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try sandbox.write(name, text)
    }
  }

  private static func sandbox(_ files: [String: String]) throws -> Sandbox {
    let sandbox = try Sandbox()
    try write(files, in: sandbox)
    return sandbox
  }

  /// The files that errors were told of, in their order.
  private static func judged(_ run: Run) -> [String] {
    run.output.split(separator: "\n").map { String($0.prefix { $0 != ":" }) }
  }

  private static let onlyErrors = ["--only", "schema.range"]

  @Test("a folder is read to its bottom, always in one order")
  func recursive() throws {
    var files: [String: String] = [:]
    for name in ["d/b.yaml", "d/a/z.yml", "d/a/deep/er/r.yaml", "d/c.yaml", "d/B.yaml"] {
      files[name] = Self.route("r\(files.count)")
    }
    files["d/notes.txt"] = "a: [b\n"
    let sandbox = try Self.sandbox(files)
    let order = ["d/B.yaml", "d/a/deep/er/r.yaml", "d/a/z.yml", "d/b.yaml", "d/c.yaml"]
    for folder in ["d", "d/"] {
      let run = try Run(["check", folder] + Self.onlyErrors, in: sandbox)
      #expect(run.ending == .exit(3))
      #expect(Self.judged(run) == order)
      #expect(run.errors == "5 errors in 5 objects of 5 files\n")
    }
    let here = try Run(["check", "."] + Self.onlyErrors, in: sandbox)
    #expect(Self.judged(here) == order)
  }

  @Test("hidden folders and links to folders are not entered unless they are named")
  func notEntered() throws {
    let sandbox = try Self.sandbox([
      "d/a.yaml": Self.route("a"), "d/.hidden/b.yaml": Self.route("b"), "e/c.yaml": Self.route("c"),
    ])
    try FileManager.default.createSymbolicLink(
      atPath: sandbox.full("d/link"), withDestinationPath: "../e")
    try FileManager.default.createSymbolicLink(
      atPath: sandbox.full("d/loop"), withDestinationPath: ".")
    func judged(_ words: String...) throws -> [String] {
      Self.judged(try Run(["check"] + words + Self.onlyErrors, in: sandbox))
    }
    #expect(try judged("d") == ["d/a.yaml"])
    #expect(try judged("d/.hidden", "d/link") == ["d/.hidden/b.yaml", "d/link/c.yaml"])
  }

  @Test("what git ignores is not read, by the patterns of every folder up to the repository's top")
  func ignored() throws {
    let names = [
      "a.yaml", "out/b.yaml", "x/out/c.yaml", "x/keep.yaml", "x/y/z/d.yaml", "x/tmp1.yaml",
      "x/tmp22.yaml", "top.yaml", "x/top.yaml", "x/e[1].yaml", "gen/f.yaml", "gen/g/h.yaml",
      "x/info.yaml", "x/back.yaml",
    ]
    var files: [String: String] = [:]
    for name in names { files["repo/\(name)"] = Self.route("r\(files.count)") }
    files["repo/.gitignore"] = """
      # built
      out/
      /top.yaml
      x/**/d.yaml
      tmp?.yaml
      *\\[[0-9]].yaml
      gen/**
      back.yaml

      """
    files["repo/x/.gitignore"] = "keep.yaml \n!back.yaml\n"
    files["repo/.git/info/exclude"] = "info.yaml\n"
    files["repo/.git/HEAD"] = "ref: refs/heads/main\n"
    files[".gitignore"] = "a.yaml\n"
    let sandbox = try Self.sandbox(files)
    let left = ["a.yaml", "x/back.yaml", "x/tmp22.yaml", "x/top.yaml"]
    let all = try Run(["check", "repo"] + Self.onlyErrors, in: sandbox)
    #expect(Self.judged(all) == left.map { "repo/\($0)" })
    let part = try Run(["check", "repo/x"] + Self.onlyErrors, in: sandbox)
    #expect(Self.judged(part) == left.dropFirst().map { "repo/\($0)" })
    let named = try Run(["check", "repo/top.yaml", "repo/out"] + Self.onlyErrors, in: sandbox)
    #expect(Self.judged(named) == ["repo/top.yaml", "repo/out/b.yaml"])
  }

  private static let foreign = [
    "d/values.yaml": "replicas: 2\n", "d/Chart.yaml": "apiVersion: v2\nname: chart\n",
    "d/kustomization.yaml":
      "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n",
    "d/deployment.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\n",
    "d/templates/route.yaml": route("{{ .Values.name }}"),
    "d/templates/block.yaml": "{{- if .Values.on }}\n\(route("b")){{- end }}\n",
    "d/templates/quoted.yaml": route("\"{{ .Values.name }}\""),
    "d/secret.yaml":
      "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nsops: {mac: 'ENC[x]'}\n",
    "d/vault.yml": "$ANSIBLE_VAULT;1.1;AES256\n3133\n",
    "d/age.yaml": "age-encryption.org/v1\n-> X25519 abc\n",
  ]

  @Test("in a folder what is no manifest of ours is passed over and counted; named it is judged")
  func passedOver() throws {
    var files = Self.foreign
    files["d/route.yaml"] = Self.route("r") + "---\nversion: 1\n"
    let sandbox = try Self.sandbox(files)
    let run = try Run(["check", "d"], in: sandbox)
    #expect(run.ending == .exit(3))
    #expect(Set(Self.judged(run)) == ["d/route.yaml"])
    #expect(
      run.errors.hasSuffix(
        "in 1 object of 1 file; skipped: 3 are not manifests, 2 of other groups, "
          + "3 Helm templates, 3 encrypted\n"), "\(run.errors)")
    for (name, rule) in [
      ("d/values.yaml", "schema.kind"), ("d/deployment.yaml", "kind.unchecked"),
      ("d/templates/block.yaml", "yaml.syntax"), ("d/templates/quoted.yaml", "yaml.syntax"),
      ("d/secret.yaml", "kind.unchecked"), ("d/vault.yml", "schema.kind"),
    ] {
      let run = try Run(["check", name], in: sandbox)
      #expect(run.output.contains("[\(rule)]"), "\(name): \(run.output)")
      #expect(!run.errors.contains("skipped"))
    }
  }

  @Test("a folder without a manifest is said to have none", arguments: [true, false])
  func empty(hasFiles: Bool) throws {
    let sandbox = try Self.sandbox(hasFiles ? Self.foreign : ["d/notes.txt": "x\n"])
    try sandbox.write("good.yaml", Self.route("r"))
    let run = try Run(["check", "d", "good.yaml"], in: sandbox)
    #expect(run.ending == .exit(1))
    #expect(run.errors.contains("aigw-wizard: d: no manifest is in it\n"), "\(run.errors)")
    #expect(Set(Self.judged(run)) == ["good.yaml"])
  }

  @Test("a broken manifest in a folder is told; a broken text that is none is passed over")
  func broken() throws {
    let sandbox = try Self.sandbox([
      "d/a.yaml": "apiVersion: v1\nkind: [AIGatewayRoute\n", "d/b.yaml": "steps: [a\n",
      "d/c.yaml": Self.route("c"),
    ])
    let run = try Run(["check", "d", "--only", "yaml.syntax"], in: sandbox)
    #expect(run.ending == .exit(1))
    #expect(Self.judged(run) == ["d/a.yaml"])
    #expect(run.errors.contains("d/a.yaml:3:1: not readable"), "\(run.errors)")
    #expect(run.errors.contains("skipped: 1 is not a manifest"))
  }

  // MARK: What only informs

  private static let policy = """
    apiVersion: gateway.envoyproxy.io/v1alpha1
    kind: ClientTrafficPolicy
    metadata: {name: buffer, namespace: team-a}
    spec:
      targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gw}]
      connection: {bufferLimit: 50Mi, bogus: 1}

    """

  @Test("--with informs what is said of others, and nothing is told of it")
  func background() throws {
    let sandbox = try Self.sandbox([
      "route.yaml": Self.route("r"), "all/policy.yaml": Self.policy,
      "all/broken.yaml": "apiVersion: v1\nkind: [x\n",
    ])
    let alone = try Run(["check", "route.yaml", "--only", "L11"], in: sandbox)
    #expect(alone.output.contains("[L11 no-buffer-limit]"))
    for with in [["--with", "all/policy.yaml"], ["--with=all"], ["--with", "all", "--with", "."]] {
      let run = try Run(["check", "route.yaml"] + with, in: sandbox)
      #expect(run.ending == .exit(3))
      #expect(Set(Self.judged(run)) == ["route.yaml"])
      #expect(
        !run.output.contains("[L11 no-buffer-limit]") && run.output.contains("[schema.range]"))
      #expect(run.errors.hasSuffix("in 1 object of 1 file\n"), "\(run.errors)")
    }
    let piped = try Run(
      ["check", "route.yaml", "--with", "-", "--only", "L11"], in: sandbox, input: Self.policy)
    #expect(piped.ending == .exit(0) && piped.output.isEmpty)
  }

  @Test("a file counts once, whatever ways lead to it, and is judged if one of them is no --with")
  func once() throws {
    let sandbox = try Self.sandbox(["d/route.yaml": Self.route("r")])
    try FileManager.default.createSymbolicLink(
      atPath: sandbox.full("link.yaml"), withDestinationPath: "d/route.yaml")
    for words in [
      ["d/route.yaml", "--with", "d"], ["--with", ".", "d"], ["d", "./d/../d/route.yaml"],
      ["d/route.yaml", "link.yaml"], [".", "--with", "link.yaml"],
    ] {
      let run = try Run(["check"] + words, in: sandbox)
      #expect(Set(Self.judged(run)) == ["d/route.yaml"], "\(words)")
      #expect(!run.output.contains("duplicate"), "\(words): \(run.output)")
      #expect(run.errors.hasSuffix("in 1 object of 1 file\n"), "\(words): \(run.errors)")
    }
  }

  @Test("what --with names has to be readable, what it finds in a folder need not be")
  func lostBackground() throws {
    let sandbox = try Self.sandbox([
      "route.yaml": Self.route("r"), "all/broken.yaml": "apiVersion: [x\n",
    ])
    for (with, words) in [("none.yaml", "no such file"), ("all/broken.yaml", "not readable")] {
      let run = try Run(["check", "route.yaml", "--with", with, "--only", "L33"], in: sandbox)
      #expect(run.ending == .exit(1))
      #expect(run.errors.contains(with) && run.errors.contains(words), "\(run.errors)")
    }
    let folder = try Run(["check", "route.yaml", "--with", "all", "--only", "L33"], in: sandbox)
    #expect(folder.ending == .exit(0))
  }

  @Test("--exit-zero tells the same, with exit 0, unless something could not be read")
  func exitZero() throws {
    let sandbox = try Self.sandbox(["route.yaml": Self.route("r")])
    let run = try Run(["check", "route.yaml"], in: sandbox)
    let forgiving = try Run(["check", "route.yaml", "--exit-zero"], in: sandbox)
    #expect(run.ending == .exit(3) && forgiving.ending == .exit(0))
    #expect(run.output == forgiving.output && run.errors == forgiving.errors)
    let lost = try Run(["check", "route.yaml", "none.yaml", "--exit-zero"], in: sandbox)
    #expect(lost.ending == .exit(1))
  }
}
