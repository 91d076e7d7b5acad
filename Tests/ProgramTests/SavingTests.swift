import Foundation
import Glibc
import Testing

/// Saving replaces a file whole or not at all; whatever goes wrong is said and loses nothing.
@Suite struct SavingTests {
  static let complete =
    "--recipe catch-all --set route.metadata.name=r --set 'route.spec.parentRefs[0].name=gw'"

  private static func wizard(_ place: String, _ sandbox: Sandbox) throws -> Tmux {
    try Tmux.wizard("\(complete) -o \(place)", in: sandbox, columns: 120, rows: 40)
  }

  private static func text(_ sandbox: Sandbox) throws -> String {
    try Run(["-c", "'\(Built.wizard)' render \(complete)"], program: "sh", in: sandbox).output
  }

  /// No file was left that is not one of these.
  private static func expectOnly(
    _ names: [String], _ sandbox: Sandbox, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(sandbox.names() == names, sourceLocation: sourceLocation)
  }

  /// ^O and Enter do not save, but say why; the form still can be saved elsewhere.
  private static func expectRefused(
    _ place: String, _ words: String, _ sandbox: Sandbox, names: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let tmux = try wizard(place, sandbox)
    try tmux.press("<C-o>")
    let screen = try tmux.wait(for: "< Save as... >", sourceLocation: sourceLocation)
    if !screen.contains(words) { try tmux.press("<Enter>") }
    try tmux.wait(for: words, sourceLocation: sourceLocation)
    #expect(sandbox.names() == names, sourceLocation: sourceLocation)
    try tmux.press("<Enter>")
    try tmux.wait(for: "Save as (", sourceLocation: sourceLocation)
    try tmux.press("<C-u>other.yaml<Enter>")
    try tmux.wait(for: "< Save as... >", sourceLocation: sourceLocation)
    try tmux.press("<Enter>")
    try tmux.wait(for: "saved other.yaml", sourceLocation: sourceLocation)
    #expect(sandbox.file("other.yaml") == (try text(sandbox)), sourceLocation: sourceLocation)
  }

  @Test("a new file gets the user's usual mode")
  func new() throws {
    let sandbox = try Sandbox()
    let tmux = try SavingTests.wizard("out.yaml", sandbox)
    try tmux.save("out.yaml")
    #expect(sandbox.file("out.yaml") == (try SavingTests.text(sandbox)))
    SavingTests.expectOnly(["out.yaml"], sandbox)
    let mask = umask(0)
    umask(mask)
    #expect(sandbox.mode("out.yaml") == 0o666 & ~mask)
  }

  @Test("a folder that is missing is not made unasked: what to do is said, and then it saves")
  func missingFolder() throws {
    let sandbox = try Sandbox()
    for (place, missing) in [("deep/er/out.yaml", "deep/er"), ("deep/er/out/", "deep/er")] {
      let tmux = try SavingTests.wizard(place, sandbox)
      try tmux.confirm()
      try tmux.wait(for: "there is no folder \(missing); make it first: mkdir -p \(missing)")
      SavingTests.expectOnly([], sandbox)
      try FileManager.default.createDirectory(
        atPath: sandbox.full(missing), withIntermediateDirectories: true)
      try tmux.press("<Esc>")
      try tmux.wait(until: "the form again") { !$0.contains("Not saved") }
      try tmux.save(place.hasSuffix("/") ? "\(place)00-buffer.yaml" : place)
      try FileManager.default.removeItem(atPath: sandbox.full("deep"))
    }
  }

  /// The lock under which sessions save, taken as another session would.
  private static func takeLock(_ sandbox: Sandbox) throws -> Int32 {
    let folder = "\(sandbox.path)/state/aigw-wizard/drafts"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let file = open("\(folder)/.saving", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    guard file >= 0, fcntl(file, F_SETLK, &lock) == 0 else { throw Failed("no lock") }
    return file
  }

  @Test("while another session saves it waits, and compares after that")
  func locked() throws {
    let sandbox = try Sandbox()
    let tmux = try SavingTests.wizard("out.yaml", sandbox)
    try tmux.press("<C-o>")
    try tmux.wait(for: "< Write >")
    let lock = try SavingTests.takeLock(sandbox)
    try tmux.press("<Enter>")
    for _ in 0..<50 { #expect(try !tmux.screen().contains("saved out.yaml")) }
    try sandbox.write("out.yaml", "theirs: true\n")
    close(lock)
    try tmux.wait(for: "out.yaml: it was changed by someone else just now")
    #expect(sandbox.file("out.yaml") == "theirs: true\n")
  }

  @Test("of two that save one file in the same instant the second is told, and loses nothing")
  func sameInstant() throws {
    for round in 0..<6 {
      let sandbox = try Sandbox()
      let names = ["first", "second"]
      let sessions = try names.map { name in
        let tmux = try SavingTests.wizard("out.yaml", sandbox)
        try tmux.fill("route.metadata.name", name)
        try tmux.press("<C-o>")
        try tmux.wait(for: "< Write >")
        return tmux
      }
      for tmux in round % 2 == 0 ? sessions : sessions.reversed() { try tmux.press("<Enter>") }
      let saved = try sessions.map { tmux in
        try tmux.wait(until: "an answer") {
          $0.contains("saved out.yaml") || $0.contains("someone else just now")
        }.contains("saved out.yaml")
      }
      #expect(saved.count { $0 } == 1, "round \(round)")
      let winner = saved[0] ? 0 : 1
      #expect(sandbox.file("out.yaml")?.contains("name: \(names[winner])\n") == true)
      let loser = sessions[1 - winner]
      try loser.press("<Esc><C-o>")
      try loser.wait(until: "both sides") {
        $0.contains("name: \(names[0])") && $0.contains("name: \(names[1])")
      }
      SavingTests.expectOnly(["out.yaml"], sandbox)
    }
  }

  @Test(
    "what stands in an opened file's place by now is named, and only what can work is offered",
    arguments: ["a folder", "a named pipe (FIFO)", "a socket", "nothing"])
  func replaced(what: String) throws {
    let sandbox = try Sandbox()
    try sandbox.write("out.yaml", try SavingTests.text(sandbox))
    let tmux = try Tmux.wizard("out.yaml", in: sandbox, columns: 120, rows: 40)
    try tmux.fill("route.metadata.name", "mine")
    unlink(sandbox.full("out.yaml"))
    switch what {
    case "a folder": mkdir(sandbox.full("out.yaml"), 0o755)
    case "a socket": try sandbox.bind("out.yaml")
    case "nothing": break
    default: mkfifo(sandbox.full("out.yaml"), 0o644)
    }
    try tmux.press("<C-o>")
    if what == "nothing" {
      let screen = try tmux.wait(for: "< Write >")
      #expect(screen.contains("out.yaml was removed by someone else"))
      #expect(!screen.contains("Take theirs") && !screen.contains("Show both"))
      try tmux.press("<Enter>")
      try tmux.wait(for: "saved out.yaml")
      return
    }
    let screen = try tmux.wait(for: "out.yaml: \(what), not a regular file")
    #expect(!screen.contains("Write >") && !screen.contains("Overwrite"))
    #expect(!screen.contains("Take theirs") && !screen.contains("Show both"))
    try tmux.press("<Tab><Enter>")
    try tmux.wait(for: "< Try again >")
    try tmux.press("<Enter>")
    try tmux.wait(for: "Save as (")
    try tmux.press("<C-u>other.yaml<Enter>")
    try tmux.wait(for: "< Write >")
    try tmux.press("<Enter>")
    try tmux.wait(for: "saved other.yaml")
    #expect(sandbox.file("other.yaml")?.contains("name: mine\n") == true)
    SavingTests.expectOnly(["other.yaml", "out.yaml"], sandbox)
  }

  @Test("a file keeps its mode", arguments: [0o600, 0o755, 0o640] as [mode_t])
  func mode(mode: mode_t) throws {
    let sandbox = try Sandbox()
    try sandbox.write("out.yaml", "old: true\n", mode: mode)
    let tmux = try SavingTests.wizard("out.yaml", sandbox)
    try tmux.press("<C-o>")
    try tmux.wait(for: "- old: true")
    try tmux.press("<Tab><Enter>")
    try tmux.wait(for: "saved out.yaml")
    #expect(sandbox.mode("out.yaml") == mode)
    #expect(sandbox.file("out.yaml") == (try SavingTests.text(sandbox)))
    SavingTests.expectOnly(["out.yaml"], sandbox)
  }

  @Test("a symbolic link stays one, and the file that it leads to is written")
  func link() throws {
    let sandbox = try Sandbox()
    try FileManager.default.createDirectory(
      atPath: sandbox.full("real"), withIntermediateDirectories: false)
    try sandbox.write("real/file.yaml", "old: true\n", mode: 0o600)
    symlink("real/file.yaml", sandbox.full("out.yaml"))
    let tmux = try SavingTests.wizard("out.yaml", sandbox)
    try tmux.save("out.yaml")
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: sandbox.full("out.yaml"))
        == "real/file.yaml")
    #expect(sandbox.file("real/file.yaml") == (try SavingTests.text(sandbox)))
    #expect(sandbox.mode("real/file.yaml") == 0o600)
    SavingTests.expectOnly(["out.yaml", "real"], sandbox)
  }

  @Test("a link that leads nowhere yet is followed, not replaced")
  func danglingLink() throws {
    let sandbox = try Sandbox()
    symlink("later.yaml", sandbox.full("out.yaml"))
    let tmux = try SavingTests.wizard("out.yaml", sandbox)
    try tmux.save("out.yaml")
    #expect(sandbox.file("later.yaml") == (try SavingTests.text(sandbox)))
    SavingTests.expectOnly(["later.yaml", "out.yaml"], sandbox)
    #expect(
      (try? FileManager.default.destinationOfSymbolicLink(atPath: sandbox.full("out.yaml")))
        == "later.yaml")
  }

  @Test("a file changed by someone else is not overwritten unasked")
  func changed() throws {
    let sandbox = try Sandbox()
    let tmux = try SavingTests.wizard("out.yaml", sandbox)
    try tmux.save("out.yaml")
    try sandbox.write("out.yaml", "theirs: 1\n")
    try tmux.fill("route.metadata.name", "mine")
    try tmux.press("<C-o>")
    try tmux.wait(until: "the dialog") {
      $0.contains("changed by someone else") && $0.contains("- theirs: 1")
        && $0.contains("< Show both >")
    }
    try tmux.press("<Esc>")
    try tmux.wait(until: "the dialog to close") {
      !$0.contains("< Save as... >") && !Tmux.place(on: $0).isEmpty
    }
    #expect(sandbox.file("out.yaml") == "theirs: 1\n")
    // And once more while the dialog is open.
    try tmux.press("<C-o>")
    try tmux.wait(for: "< Save as... >")
    try sandbox.write("out.yaml", "theirs: 2\n")
    try tmux.press("<Tab><Enter>")
    try tmux.wait(until: "a refusal") {
      $0.contains("someone else just now") || $0.contains("Not saved")
    }
    #expect(sandbox.file("out.yaml") == "theirs: 2\n")
    SavingTests.expectOnly(["out.yaml"], sandbox)
  }

  @Test("a folder, a FIFO, a device and a file in the folder's place are refused in words")
  func notAFile() throws {
    for place in ["folder", "fifo", "device", "file.yaml/out.yaml"] {
      let sandbox = try Sandbox()
      mkdir(sandbox.full("folder"), 0o755)
      mkfifo(sandbox.full("fifo"), 0o644)
      symlink("/dev/full", sandbox.full("device"))
      try sandbox.write("file.yaml", "")
      try SavingTests.expectRefused(
        place, place.contains("/") ? "not a directory" : ", not a regular file", sandbox,
        names: ["device", "fifo", "file.yaml", "folder"])
    }
  }

  @Test("a folder that may not be written to is said, and another place is offered")
  func unwritable() throws {
    let sandbox = try Sandbox()
    // Root writes anywhere, but not here.
    var place = "/proc/out.yaml"
    if !Built.isRoot {
      place = "shut/out.yaml"
      mkdir(sandbox.full("shut"), 0o555)
    }
    let names = Built.isRoot ? [] : ["shut"]
    try SavingTests.expectRefused(place, "cannot write in", sandbox, names: names)
  }

  @Test("a full disk leaves the old file whole and no temporary file")
  func full() throws {
    let sandbox = try Sandbox()
    try sandbox.write("out.yaml", "old: true\n")
    // As a full disk does, a limit on the size of files makes the write fail on its way.
    let tmux = try Tmux(
      // The annotation is longer than the limit, whatever its unit is.
      "ulimit -f 1; '\(Built.wizard)' \(SavingTests.complete) -o out.yaml --set "
        + "route.metadata.annotations.a=\(String(repeating: "long", count: 500)); exec cat",
      in: sandbox)
    try tmux.wait(for: "^G Help")
    try tmux.confirm()
    try tmux.wait(for: "Not saved")
    try tmux.wait(for: "file too large")
    #expect(sandbox.file("out.yaml") == "old: true\n")
    SavingTests.expectOnly(["out.yaml"], sandbox)
  }

  @Test(
    "a file system with no room left keeps the old file whole, and takes the new one once it has",
    .enabled(if: Sandbox.mayMount))
  func noRoom() throws {
    let sandbox = try Sandbox()
    mkdir(sandbox.full("tiny"), 0o755)
    let long = String(repeating: "long", count: 4_000)
    try sandbox.write(
      "start.yaml",
      "version: 1\nrecipe: catch-all\nroute:\n  metadata:\n    name: r\n    annotations: {a: \(long)}\n"
        + "  spec:\n    parentRefs: [{name: gw}]\n")
    let victim = try WizardProcess(
      "--answers start.yaml -o tiny/out.yaml", in: sandbox,
      through: "unshare -m sh -c \"mount -t tmpfs -o size=32k none tiny; echo old: true > "
        + "tiny/out.yaml; head -c 20k /dev/zero > tiny/filler; exec \\\"\\$0\\\" \\\"\\$@\\\"\"")
    let tmux = victim.tmux
    // What the file system holds is seen from outside through the process.
    let tiny = "/proc/\(victim.process)/root\(sandbox.full("tiny"))"
    try tmux.confirm()
    try tmux.wait(for: "Not saved")
    try tmux.wait(for: "no space left on device")
    #expect(sandbox.file("\(tiny)/out.yaml") == "old: true\n")
    #expect(sandbox.names(in: tiny) == ["filler", "out.yaml"])
    unlink("\(tiny)/filler")
    try tmux.press("<Esc>")
    try tmux.wait(until: "the form again") { !$0.contains("Not saved") }
    try tmux.save("tiny/out.yaml")
    #expect(sandbox.file("\(tiny)/out.yaml")?.contains(long) == true)
    #expect(sandbox.names(in: tiny) == ["out.yaml"])
  }

  @Test("a working folder that was removed meanwhile is said")
  func removed() throws {
    let other = try Sandbox()
    let lost = try SavingTests.wizard("out.yaml", other)
    rmdir(other.work)
    try lost.press("<C-o>")
    try lost.wait(for: "< Save as... >")
    try lost.press("<Enter>")
    try lost.wait(for: "Not saved")
    try lost.press("<Esc>")
    try lost.wait(until: "the form again") { !$0.contains("Not saved") }
  }

  @Test("one file per object, with a kustomization, and what to run is printed")
  func folder() throws {
    let sandbox = try Sandbox()
    let tmux = try Tmux.wizard(
      "--recipe failover --set route.metadata.name=r --set 'route.spec.parentRefs[0].name=gw'",
      in: sandbox, columns: 120, rows: 40)
    try tmux.run("file-per-object")
    try tmux.run("kustomization")
    try tmux.wait(for: "r/")
    try tmux.save("r/00-buffer.yaml")
    #expect(
      sandbox.names(in: "r")
        == ["00-buffer.yaml", "10-route.yaml", "20-retry.yaml", "kustomization.yaml"])
    #expect(
      sandbox.file("r/kustomization.yaml") == """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources:
          - 00-buffer.yaml
          - 10-route.yaml
          - 20-retry.yaml

        """)
    let screen = try tmux.leave()
    #expect(screen.contains("wrote r/20-retry.yaml\nwrote r/kustomization.yaml\n"))
    #expect(screen.contains("kubectl apply -k r/\n"))
    let files = try ["00-buffer", "10-route", "20-retry"].map { name in
      try #require(sandbox.file("r/\(name).yaml"))
    }
    let whole = try Run(
      [
        "render", "--recipe", "failover", "--set", "route.metadata.name=r", "--set",
        "route.spec.parentRefs[0].name=gw",
      ], in: sandbox)
    #expect(files.joined(separator: "---\n") == whole.output)
  }

  @Test("a whole set goes into a folder as render writes it; reopened, one edit changes one file")
  func wholeFolder() throws {
    let sandbox = try Sandbox()
    let settings = [
      "route.metadata.name=r", "route.spec.parentRefs[0].name=gw",
      "provider[1].resource=my-resource", "provider[1].api-version=2025-01-01-preview",
      "route.spec.rules[0].backendRefs[1].namespace=shared",
    ]
    let rendered = try Run(
      ["render", "--recipe", "openai-azure-failover", "--kustomization", "-o", "rendered/"]
        + settings.flatMap { ["--set", $0] }, in: sandbox)
    #expect(rendered.ending == .exit(0), "\(rendered.errors)")
    let names = sandbox.names(in: "rendered")
    #expect(names.contains("00-a-class.yaml") && names.contains("02-backend-azure-openai.yaml"))
    let tmux = try Tmux.wizard(
      "--recipe openai-azure-failover -o saved/", in: sandbox, columns: 120, rows: 40)
    for setting in settings {
      let parts = setting.split(separator: "=").map(String.init)
      try tmux.go(parts[0])
      try tmux.press("<C-u>\(parts[1])<Tab>")
    }
    try tmux.run("kustomization")
    try tmux.wait(for: "saved/kustomiza")
    try tmux.save("saved/00-a-class.yaml")
    try tmux.leave()
    #expect(sandbox.names(in: "saved") == names)
    for name in names {
      #expect(sandbox.file("saved/\(name)") == sandbox.file("rendered/\(name)"), "\(name)")
    }
    let again = try Tmux.wizard("saved/", in: sandbox, columns: 120, rows: 40)
    try again.go("route.spec.rules[0].timeouts.request")
    try again.press("<C-u>900s<Tab>")
    try again.save("saved/10-route.yaml")
    try again.leave()
    let edited = try Run(
      ["render", "--recipe", "openai-azure-failover"] + settings.flatMap { ["--set", $0] }
        + [
          "--set", "route.spec.rules[0].timeouts.request=900s", "--kustomization", "-o", "edited/",
        ],
      in: sandbox)
    #expect(edited.ending == .exit(0), "\(edited.errors)")
    #expect(sandbox.names(in: "saved") == names)
    for name in names {
      #expect(sandbox.file("saved/\(name)") == sandbox.file("edited/\(name)"), "\(name)")
    }
  }

  @Test("saving with errors asks once, and names the count")
  func errors() throws {
    let sandbox = try Sandbox()
    let tmux = try Tmux.wizard("--recipe split -o out.yaml", in: sandbox, columns: 120, rows: 40)
    try tmux.press("<C-o>")
    let screen = try tmux.wait(for: "Save anyway")
    #expect(screen.contains("2 errors"))
    try tmux.press("<Enter>")
    try tmux.wait(until: "the problems") {
      $0.contains("name is required") && !$0.contains("anyway")
    }
    SavingTests.expectOnly([], sandbox)
  }
}
