import Foundation
import Glibc
import Testing

/// The file with every event of a session.
@Suite struct TraceTests {
  @Test("it is made for nobody else to read, and has the keys")
  func made() throws {
    let sandbox = try Sandbox()
    let tmux = try Tmux.wizard("--recipe split -o out.yaml --trace keys.trace", in: sandbox)
    try tmux.go("route.metadata.name")
    try tmux.press("abc")
    try tmux.wait(for: "abc")
    #expect(sandbox.mode("keys.trace") == 0o600)
    #expect(sandbox.file("keys.trace")?.contains("control t\n") == true)
  }

  @Test("what cannot be written, or is there already, is said before anything begins")
  func refused() throws {
    let sandbox = try Sandbox()
    try sandbox.write("there", "mine\n")
    symlink("nowhere", sandbox.full("link"))
    for (place, words) in [
      ("there", "it is there already"), ("link", "it is there already"),
      ("/dev/full", "it is there already"), ("no/trace", "no such file or directory"),
    ] {
      let run = try Run(["--recipe", "split", "--trace", place], in: sandbox)
      #expect(run.ending == .exit(1) && run.output.isEmpty)
      #expect(run.errors.hasPrefix("aigw-wizard: --trace \(place): \(words)"))
    }
    #expect(sandbox.file("there") == "mine\n")
    #expect(sandbox.names() == ["link", "there"])
  }
}
