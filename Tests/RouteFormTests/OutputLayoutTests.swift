import Foundation
import YAML
import Testing

@testable import RouteForm

@Suite("files")
struct OutputLayoutTests {
  private static func files(_ place: String, kustomization: Bool = false) -> [OutputLayout.File] {
    var form = Recipe.failoverPair.form
    form.type("llm", "route.metadata.name")
    form.writeGrants(for: "shared", true)
    return OutputLayout(outputPath: place, writesKustomization: kustomization)
      .files(objects: form.objects, documents: form.documents)
  }

  @Test("one file holds all objects in apply order")
  func one() throws {
    let files = Self.files("llm.yaml", kustomization: true)
    #expect(files.map(\.path) == ["llm.yaml"])
    let documents = Parser().parse(try #require(files.first).bytes).documents
    #expect(
      documents.map { $0.root["kind"]?.text } == [
        "ClientTrafficPolicy", "ReferenceGrant", "ReferenceGrant", "AIGatewayRoute",
        "BackendTrafficPolicy",
      ])
  }

  @Test("a folder takes one numbered file an object")
  func folder() {
    let files = Self.files("out/")
    #expect(
      files.map(\.path) == [
        "out/00-buffer.yaml", "out/05-grant-1-shared.yaml", "out/05-grant-2-shared.yaml",
        "out/10-route.yaml", "out/20-retry.yaml",
      ])
    #expect(files.map(\.path) == files.map(\.path).sorted(), "as kubectl apply reads them")
    for file in files { #expect(Parser().parse(file.bytes).documents.count == 1) }
  }

  @Test("a folder may have a kustomization.yaml that names its files")
  func kustomization() throws {
    let file = try #require(Self.files("out/", kustomization: true).last)
    #expect(file.path == "out/kustomization.yaml")
    #expect(
      String(decoding: file.bytes, as: UTF8.self) == """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources:
          - 00-buffer.yaml
          - 05-grant-1-shared.yaml
          - 05-grant-2-shared.yaml
          - 10-route.yaml
          - 20-retry.yaml

        """)
  }

  @Test("many grants stay in their order when files are sorted by name")
  func manyGrants() {
    var form = Recipe.blank.form
    for index in 0..<6 { form.writeGrants(for: "ns-\(index)", true) }
    let names = OutputLayout(outputPath: "out/", writesKustomization: false)
      .files(objects: form.objects, documents: form.documents).map(\.path)
    #expect(Set(names).count == names.count)
    #expect(names.last == "out/10-route.yaml")
  }

  @Test("no name of a file leaves its folder")
  func names() {
    var form = Recipe.blank.form
    form.writeGrants(for: "../../etc/x", true)
    for file in OutputLayout(outputPath: "out/", writesKustomization: false)
      .files(objects: form.objects, documents: form.documents)
    {
      #expect(!file.path.dropFirst("out/".count).contains("/"), "\(file.path)")
    }
  }

  @Test(
    "words for a shell are quoted only where they must be",
    arguments: [
      ("abc", "abc"), ("a/b-c_d.e:f=g@h%i+j,k", "a/b-c_d.e:f=g@h%i+j,k"), ("", "''"),
      ("a b", "'a b'"), ("it's", "'it'\\''s'"), ("$HOME", "'$HOME'"), ("`id`", "'`id`'"),
      ("a;b", "'a;b'"), ("a\nb", "'a\nb'"), ("é", "'é'"), ("~", "'~'"), ("[0]", "'[0]'"),
      ("\\", "'\\'"), ("'", "''\\'''"), ("!x", "'!x'"), ("#x", "'#x'"),
    ])
  func quoted(_ word: String, _ expected: String) {
    #expect(Shell.quoted(word) == expected)
    #expect(shellWords(expected) == [word])
  }

  @Test("what would be printed as an escape is one to the shell, too")
  func hidden() {
    #expect(Shell.quoted("日\u{200d}本") == "$'日\\xe2\\x80\\x8d本'")
    #expect(Shell.quoted("a\u{202e}b") == "$'a\\xe2\\x80\\xaeb'")
  }
}
