import Schemas
package import YAML

extension Node {
  /// The objects of a list, as kubectl takes them out of one; nil for any other document, and for a
  /// list that kubectl refuses.
  ///
  /// An item of a typed list may leave out apiVersion and kind (kubernetes/apimachinery v0.36.0,
  /// pkg/apis/meta/v1/unstructured/unstructured.go).
  package var listedObjects: [Node]? {
    guard let kind = listKind, case .sequence(let items)? = self["items"], !items.isEmpty else {
      return nil
    }
    guard kind != "List", let apiVersion = self["apiVersion"] else { return items }
    let inherited = [
      Mapping.Entry("apiVersion", apiVersion),
      Mapping.Entry("kind", .string(String(kind.dropLast("List".count)))),
    ]
    return items.map { item in
      guard case .mapping(let mapping) = item, item["apiVersion"] == nil, item["kind"] == nil
      else { return item }
      return .mapping(Mapping(inherited + mapping.entries))
    }
  }

  /// The kind of a list that a server knows: `List` in any version that is served, and one for each
  /// kind (kubernetes/client-go v0.36.0, restmapper/discovery.go).
  var listKind: String? {
    guard let kind = self["kind"]?.text, kind.hasSuffix("List"),
      let apiVersion = self["apiVersion"]?.text
    else { return nil }
    if apiVersion == "v1" { return kind }
    guard let group = KnownGroup.of(apiVersion), group.serves(apiVersion),
      kind == "List" || group.kinds.contains(String(kind.dropLast("List".count)))
    else { return nil }
    return kind
  }
}
