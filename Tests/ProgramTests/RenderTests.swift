import Foundation
import Glibc
import Testing

/// What `render` writes, and what it says of it.
@Suite struct RenderTests {
  private static func render(_ place: String, in sandbox: Sandbox) throws -> Run {
    try Run(
      [
        "render", "--recipe", "failover", "--set", "route.metadata.name=r", "--set",
        "route.spec.parentRefs[0].name=gw", "-o", place,
      ], in: sandbox)
  }

  @Test("it says on stderr what it wrote, and nothing where that went to stdout")
  func says() throws {
    let sandbox = try Sandbox()
    let file = try Self.render("out.yaml", in: sandbox)
    #expect(file.ending == .exit(0) && file.output.isEmpty)
    #expect(file.errors.hasSuffix("wrote out.yaml\n"))
    let stdout = try Self.render("-", in: sandbox)
    #expect(stdout.output == sandbox.file("out.yaml") && !stdout.errors.contains("wrote"))
    let folder = try Self.render("new/", in: sandbox)
    #expect(folder.ending == .exit(0))
    let names = ["00-buffer.yaml", "10-route.yaml", "20-retry.yaml"]
    #expect(folder.errors.hasSuffix(names.map { "wrote new/\($0)\n" }.joined()))
    #expect(sandbox.names(in: "new") == names)
    #expect(sandbox.drafts.isEmpty)
  }

  @Test("it makes the folder of a layout, and no folder above it or above a file")
  func missingFolder() throws {
    let sandbox = try Sandbox()
    for (place, missing) in [
      ("my routes/out.yaml", "my routes"), ("a/b/new/", "a/b"), ("a/b/out.yaml", "a/b"),
    ] {
      let run = try Self.render(place, in: sandbox)
      let command = missing.contains(" ") ? "'\(missing)'" : missing
      #expect(run.ending == .exit(1))
      #expect(
        run.errors.contains("there is no folder \(missing); make it first: mkdir -p \(command)\n"))
      #expect(!run.errors.contains("wrote") && sandbox.names().isEmpty)
    }
  }

  @Test("what is no file is named: a folder, a FIFO, a socket")
  func notAFile() throws {
    let sandbox = try Sandbox()
    mkdir(sandbox.full("folder"), 0o755)
    mkfifo(sandbox.full("fifo"), 0o644)
    try sandbox.bind("socket")
    for (place, what) in [
      ("folder", "a folder"), ("fifo", "a named pipe (FIFO)"), ("socket", "a socket"),
    ] {
      let run = try Self.render(place, in: sandbox)
      #expect(run.ending == .exit(1))
      let hint = what == "a folder" ? "; -o folder/ writes one file per object" : ""
      #expect(run.errors.hasSuffix("aigw-wizard: \(place): \(what), not a regular file\(hint)\n"))
      let opened = try Run(["./\(place)"], in: sandbox)
      #expect(opened.ending == .exit(1))
      #expect(
        opened.errors.contains(
          what == "a folder" ? "no .yaml or .yml file is in it" : "\(what), not a regular file"))
    }
  }
}
