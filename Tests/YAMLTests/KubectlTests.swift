import Testing

@testable import YAML

/// Files as kubectl 1.36 reads them; what each comes to was seen there.
@Suite("files as kubectl reads them")
struct KubectlTests {
  private func json(_ text: String) -> [String] {
    Parser().parse(Array(text.utf8)).documents.map {
      $0.root.json.split(separator: "\n").map { $0.drop { $0 == " " } }.joined()
    }
  }

  @Test(
    "a file is cut into the documents that kubectl sends",
    arguments: [
      ("a: 1\n---\nnull\n---\n~\n---\n!!null ''\n---\nb: 2\n", ["{\"a\": 1}", "{\"b\": 2}"]),
      ("{\"a\": 1}\n{\"b\": 2} {\"c\": 3}\n", ["{\"a\": 1}", "{\"b\": 2}", "{\"c\": 3}"]),
      ("\t\n {\"a\": \"x\\/y\"}\n\t\n", ["{\"a\": \"x/y\"}"]),
      ("{\"a\": 1}\n---\nb: 2\n---\n{c: 3}\n", ["{\"a\": 1}", "{\"b\": 2}", "{\"c\": 3}"]),
      ("{\"a\": 1}\nb: 2\n", ["{\"a\": 1}", "{\"b\": 2}"]),
      ("{a: 1}\n---\n{\"b\": 1}{\"c\": 1}\n", ["{\"a\": 1}", "{\"b\": 1}"]),
      ("a: 1\n---#c\nb: 2\n", ["{\"a\": 1}", "{\"b\": 2}"]),
      ("a: 1\n...\nb: [\n---\nc: 3\n", ["{\"a\": 1}", "{\"c\": 3}"]),
      ("a: 1\n...\n...\n# c\n--- # d\nc: 3\n", ["{\"a\": 1}", "{\"c\": 3}"]),
      ("{a: 1}\nb: [\n", ["{\"a\": 1}"]),
      ("---\n%TAG ! x\na: 1\n---\nb: 2\n", ["{\"b\": 2}"]),
      ("\u{FEFF}a: 1\n---\n\u{FEFF}b: 2\n", ["{\"a\": 1}", "{\"b\": 2}"]),
      ("a: |\n  x", ["{\"a\": \"x\\n\"}"]), ("a: >\n  x\n  y", ["{\"a\": \"x y\\n\"}"]),
      ("%YAML 1.1\n---\na: 1\n", ["{\"a\": 1}"]),
    ])
  func cut(text: String, documents: [String]) {
    #expect(json(text) == documents)
    #expect(!Parser().parse(Array(text.utf8)).hasErrors)
  }

  @Test(
    "surrogates in JSON are the character that they stand for, and U+FFFD alone",
    arguments: [
      (#"{"a": "x\ud83d\uDE00y", "\ud83d\ude80": "\ue000"}"#, "x😀y", "🚀"),
      (#"{"a": "\ud83d x \ude00 \\ud83d", "b": 1}"#, #"\u{FFFD} x \u{FFFD} \ud83d"#, "b"),
    ])
  func surrogates(text: String, value: String, key: String) {
    let parsed = Parser().parse(Array("\(text)\n{\"c\": 1}\n".utf8))
    let entries = parsed.documents.first?.root.entries ?? []
    #expect(entries.map { $0.key } == ["a", key])
    #expect(entries.first?.value.text == value.replacing(#"\u{FFFD}"#, with: "\u{FFFD}"))
    // In YAML kubectl refuses them.
    #expect(Parser().parse(Array(#"a: "\ud83d\ude00""#.utf8)).hasErrors)
  }

  @Test(
    "what kubectl refuses to cut or read is an error",
    arguments: [
      ("a: 1\n--- {b: 2}\n", 2), ("--- !x\na: 1\n", 1), ("a: 1\n---b\nc: 2\n", 2),
      ("{\"a\": 1}{\"b\": 2}\n---\nc: 3\n", 2), ("---#c\na: 1\n", 2),
      ("a: 1\n\u{FEFF}\n", 2), ("a: \"b\\/c\"\n", 1), ("\t\n---\na: 1\n", 1),
      ("a: !!int 8000.0\n", 1), ("a: !!int 1e3\n", 1), ("a: !!timestamp 2024-02-30\n", 1),
      ("a: !!timestamp soon\n", 1), ("a: !!bool x\n", 1), ("a: !!binary é\n", 1),
      ("18446744073709551615: a\n", 1), ("~: a\n", 1),
    ])
  func refused(text: String, line: Int) {
    let errors = Parser().parse(Array(text.utf8)).problems.filter { $0.severity == .error }
    #expect(errors.map(\.line) == [line], "\(errors)")
  }

  @Test(
    "scalars and keys become what kubectl makes of them",
    arguments: [
      (
        "a: \"it\\'s \\a\\x07 \\'x\\'\"\nb: 'c\\'\n",
        "{\"a\": \"it's \\u0007\\u0007 'x'\",\"b\": \"c\\\\\"}"
      ),
      ("a: !!int \"5\"\nb: !!float 5\nc: !!int 1_0\n", "{\"a\": 5,\"b\": 5,\"c\": 10}"),
      ("a: !!timestamp 2024-5-1 1:02:03.5\n", "{\"a\": \"2024-5-1 1:02:03.5\"}"),
      ("a: !!binary /+8=\n", "{\"a\": \"\u{FFFD}\u{FFFD}\"}"),
      ("a: \"x\n\u{FEFF}y\"\n", "{\"a\": \"x \\ufeffy\"}"),
      (
        "{1e10: a, 123456.5: b, 1234567.5: c, 1e-7: d, -0.0: e, .inf: f, 0.1: g, 1.0: h}\n",
        "{\"1e+10\": \"a\",\"123456.5\": \"b\",\"1.2345675e+06\": \"c\",\"1e-07\": \"d\",\"-0\": \"e\","
          + "\".inf\": \"f\",\"0.1\": \"g\",\"1\": \"h\"}"
      ),
    ])
  func values(text: String, value: String) {
    #expect(json(text) == [value])
    #expect(!Parser().parse(Array(text.utf8)).hasErrors)
  }

  @Test(
    "only keys that are the same before they become JSON stand there twice",
    arguments: [
      ("{5: b, '5': c}\n", false), ("{yes: b, 'true': c}\n", false), ("{1.0: a, 1: b}\n", false),
      ("{1: b, 01: c}\n", true), ("{a: b, 'a': c}\n", true), ("{yes: b, true: c}\n", true),
    ])
  func keys(text: String, isError: Bool) {
    let problems = Parser().parse(Array(text.utf8)).problems
    #expect(problems.contains { $0.severity == .error } == isError)
    #expect(problems.contains { $0.message.contains("either of which may count") } == !isError)
  }

  @Test("what is read otherwise than it stands there is said, and is no error")
  func warnings() {
    func said(_ text: String) -> [String] {
      Parser().parse(Array(text.utf8)).problems.filter { $0.severity == .warning }
        .map { "\($0.position) \($0.message)" }
    }
    #expect(
      said("a: 1\n...\nb: 2\n") == ["3:1 what follows `...` is not read; begin it with `---`"]
    )
    #expect(said("{a: 1}\n# c\nb: 2\n") == ["3:1 this is behind the document's end and not read"])
    #expect(
      said("%YAML 1.1\n---\na: 1\n") == [
        "1:1 kubectl refuses a line `%…` before `---`; leave it out"
      ])
    #expect(
      said("a: &a {}\nb: {<<: *a, <<: *a}\n").map { $0.contains("a second <<") } == [true])
  }

  @Test("a key replaces what a merge key brings; one that a merge key replaces is warned of")
  func merges() {
    let parsed = Parser().parse(
      Array(
        """
        v: &x {a: 1, b: 2}
        w: &y {b: 3, c: 4}
        one: {<<: *x, b: 5}
        list: {<<: [*x, *y], c: 6}
        items:
          - <<: *x
            a: {deep: {<<: *y, b: 7}}
        late: {b: 8, <<: *x}
        """.utf8))
    #expect(
      parsed.documents.first?.root["one"] == .map(["a": .integer(1), "b": .integer(5)]))
    #expect(
      parsed.documents.first?.root["list"]
        == .map(["b": .integer(2), "c": .integer(6), "a": .integer(1)]))
    #expect(
      parsed.documents.first?.root["items"]?[0]?["a"]?["deep"]
        == .map(["b": .integer(7), "c": .integer(4)]))
    #expect(parsed.documents.first?.root["late"]?["b"]?.integer == 2)
    #expect(
      parsed.problems.map { "\($0.position) \($0.severity)" } == ["3:15 note", "8:14 warning"])
    #expect(parsed.problems.first?.message.hasPrefix("4 keys replace some") == true)
  }

  @Test("a part that is JSON stays one when another changes")
  func revised() {
    let bytes = Array("{\"a\": 1}\n{\"b\": 2}\n".utf8)
    let sourceFile = SourceFile(bytes)
    let revision = sourceFile.revised([.map(["a": .integer(3)]), sourceFile.documents[1]])
    #expect(String(decoding: revision.bytes, as: UTF8.self) == "{\"a\": 3}\n{\"b\": 2}\n")
    let more = sourceFile.revised([sourceFile.documents[0]], appending: [.map(["c": .integer(3)])])
    #expect(Parser().parse(more.bytes).documents.count == 3)
  }

  @Test("what stands behind the end of a document goes with it")
  func behindEnd() {
    let sourceFile = SourceFile(Array("a: 1\n...\nb: 2\n---\nc: 3\n".utf8))
    #expect(String(decoding: sourceFile.revised([nil]).bytes, as: UTF8.self) == "---\nc: 3\n")
    let edited = sourceFile.revised([.map(["a": .integer(9)])])
    #expect(String(decoding: edited.bytes, as: UTF8.self) == "a: 9\n...\nb: 2\n---\nc: 3\n")
  }

  @Test(
    "a template of Helm is named as one, with the command that renders it",
    arguments: [
      ("{{- if .Values.on }}\na: 1\n{{- end }}\n", "1:1"), ("a: {{ .Release.Name }}\n", "1:4"),
      ("a:\n  # {{ x }}\n  {{- toYaml .Values.b | nindent 2 }}\n", "3:3"),
      ("a: it's {{ .Chart.Name }}-x\n", "1:9"), ("- {{ include \"a\" . }}: b\n", "1:3"),
      ("a: |\n  {{ b }}\nc: {{ d }}\n", "3:4"), ("a: é{{ .Values.x }}\n", "1:5"),
      ("a: 1\n---\n{{ range $i, $e := .Values.l }}\nb: [\n{{ end }}\n", "3:1"),
    ])
  func template(text: String, place: String) throws {
    let parsed = Parser().parse(Array(text.utf8))
    let problem = try #require(parsed.problems.first)
    #expect(parsed.problems.count == 1 && parsed.documents.isEmpty && problem.isFatal)
    #expect(problem.message.contains("helm template . | aigw-wizard check -"))
    #expect("\(problem.position)" == place)
  }

  @Test(
    "braces in quotes, blocks of text, comments and JSON make no template",
    arguments: [
      "a: \"{{ .Values.x }}\"\n", "a: '{{ b }}'\n", "a: |\n  {{ .Values.x }}\n  {{ end }}\n",
      "a: >-\n  {{ .Values.x }}\n", "# {{ .Values.x }}\na: 1\n", "a: see {{ $labels.x }}\n",
      "a: 1 # {{ .Values.x }}\n", "{\"a\": \"{{ .Values.x }}\"}\n",
    ])
  func noTemplate(text: String) {
    #expect(Parser().parse(Array(text.utf8)).problems.isEmpty)
  }

  @Test("an error beside braces in quotes is told as it is")
  func errorBesideBraces() {
    let problems = Parser().parse(Array("a: \"{{ .Values.x }}\"\nb: [\n".utf8)).problems
    #expect(problems.count == 1 && problems.first?.message.contains("helm") == false)
  }
}
