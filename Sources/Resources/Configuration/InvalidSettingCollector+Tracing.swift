import Schemas
import YAML

// MARK: Spans and their tags

extension InvalidSettingCollector {
  /// What spans are called and what they are tagged with (envoyproxy/gateway v1.8.1,
  /// internal/xds/translator/tracing.go; envoyproxy/go-control-plane,
  /// envoy/type/tracing/v3/custom_tag.pb.validate.go).
  mutating func checkTracing(in path: Path) {
    for side in ["client", "server"] {
      checkCommandOperators(at: path.appending(.to("spanName", side)))
    }
    for entry in object[path]?.given("tags")?.entries ?? [] {
      let place = path.appending("tags").appending(entry.key)
      checkTagName(entry.key, at: place)
      checkCommandOperators(at: place)
    }
    for entry in object[path]?.given("customTags")?.entries ?? [] {
      let place = path.appending("customTags").appending(entry.key)
      checkTagName(entry.key, at: place)
      checkCustomTag(entry.value, at: place)
    }
  }

  private mutating func checkTagName(_ name: String, at path: Path) {
    if name.isEmpty { add(path, "the name of the tag is empty; write one") }
  }

  /// A tag whose value is a text, or that of a variable or header.
  private mutating func checkCustomTag(_ tag: Node, at path: Path) {
    let parts = [
      "Literal": "literal", "Environment": "environment", "RequestHeader": "requestHeader",
    ]
    guard let type = tag.given("type")?.text, let part = parts[type] else { return }
    guard tag.given(part) != nil else {
      add(path, "type \(type) needs \(part); write it")
      return
    }
    let field = part == "literal" ? "value" : "name"
    checkNotEmpty(
      at: path.appending(.to(part, field)), "the \(field) is empty; write one")
  }
}
