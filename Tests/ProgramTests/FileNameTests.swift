import Foundation
import Glibc
import Testing

/// Names that are no UTF-8: never taken for another's.
@Suite struct FileNameTests {
  private static func run(_ words: String, in sandbox: Sandbox) throws -> Run {
    let names = "name=$(printf 'bad\\377.yaml'); other=$(printf 'bad\\357\\277\\275.yaml')"
    return try Run(["-c", "\(names); \(words)"], program: "sh", in: sandbox)
  }

  @Test(
    "as an argument one is refused in words",
    arguments: [
      "render --recipe split -o \"$name\"", "check \"$name\"", "\"$name\"", "diff \"$name\" a",
    ])
  func argument(words: String) throws {
    let sandbox = try Sandbox()
    let run = try Self.run("echo x > \"$other\"; '\(Built.wizard)' \(words)", in: sandbox)
    #expect(run.ending == .exit(2))
    #expect(run.errors.contains("not UTF-8"))
    #expect(sandbox.names().count == 1)
  }

  @Test("in a folder one is named, and the rest is judged")
  func inFolder() throws {
    let sandbox = try Sandbox()
    try sandbox.write(
      "good.yaml",
      "apiVersion: aigateway.envoyproxy.io/v1beta1\nkind: AIGatewayRoute\nmetadata: {name: r}\n")
    let make = "echo 'kind: A' > \"$name\"; cp \"$name\" \"$other.txt\""
    let check = try Self.run("\(make); '\(Built.wizard)' check .", in: sandbox)
    #expect(check.ending == .exit(1))
    #expect(check.errors.contains("bad\u{FFFD}.yaml: its name is not UTF-8"))
    #expect(check.output.contains("good.yaml:"))
    let opened = try Run(["./"], in: sandbox)
    #expect(opened.ending == .exit(1) && opened.errors.contains("its name is not UTF-8"))
  }
}
