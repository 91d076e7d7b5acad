import Schemas
import YAML

extension ResourceIndex {
  /// Why Envoy Gateway refuses an EnvoyExtensionPolicy; what is to fail open does not count
  /// (envoyproxy/gateway v1.8.1, internal/gatewayapi/envoyextensionpolicy.go).
  func extensionRefusals(of spec: Node, namespace: String) -> [PolicyRefusal] {
    var refusals = self.refusals(
      of: PolicyBackend.processors(in: spec, namespace: namespace).filter { !$0.failsOpen })
    for (index, processor) in spec.list("extProc").enumerated()
    where processor.given("failOpen")?.bool != true {
      if processor.list("backendRefs").isEmpty {
        refusals.append(
          PolicyRefusal(
            .to("spec", "extProc", index), "ExtProc: no backendRefs found for external service",
            "write backendRefs"))
      }
      refusals.checkClusterSettings(
        processor.given("backendSettings"),
        at: .to("spec", "extProc", index, "backendSettings"), for: "ExtProc")
    }
    for (index, module) in spec.list("wasm").enumerated()
    where module.given("failOpen")?.bool != true {
      refusals += moduleRefusals(
        of: module.given("code"), at: .to("spec", "wasm", index), namespace)
    }
    let programs = spec.list("lua")
    if !programs.isEmpty, configuration(lacks: \.takesLua) {
      refusals.append(
        PolicyRefusal(
          .to("spec", "lua"),
          "Lua: Skipping Lua EnvoyExtensionPolicy as feature is disabled in the Gateway",
          "take extensionApis.disableLua out of its configuration"))
      return refusals
    }
    for (index, program) in programs.enumerated() {
      if let refusal = refusal(of: program, at: .to("spec", "lua", index), namespace) {
        refusals.append(refusal)
      }
    }
    return refusals
  }

  /// Why a program in Lua is not run.
  private func refusal(of program: Node, at path: Path, _ namespace: String) -> PolicyRefusal? {
    var place = path.appending("inline")
    var text = program.given("inline")?.text
    if program.given("type")?.text == "ValueRef" {
      place = path.appending(.to("valueRef", "name"))
      guard let name = program.given("valueRef", "name")?.text,
        let map = stored("ConfigMap", ObjectKey(namespace, name))
      else { return nil }
      if map.hasNoText {
        return PolicyRefusal(
          place, "Lua: can't find the key lua in the referenced configmap \(name)",
          "write the program under lua there")
      }
      text = map.entry("lua")?.value
    }
    guard let text, !Variable.isIn(text), !text.utf8.contains("envoy_on_request"),
      !text.utf8.contains("envoy_on_response")
    else { return nil }
    return PolicyRefusal(
      place,
      "Lua: expected one of envoy_on_request() or envoy_on_response() to be defined",
      "define function envoy_on_request(request_handle)")
  }

  /// Why nothing is taken from the address of a file or an image (envoyproxy/gateway v1.8.1,
  /// internal/wasm/cache.go).
  private func addressRefusals(of source: Node, at path: Path) -> [PolicyRefusal] {
    guard let address = source["url"]?.text, !Variable.isIn(address) else { return [] }
    var refusals: [PolicyRefusal] = []
    // The address of an image may do without a scheme.
    if path.last == .key("http"),
      !["http://", "https://", "oci://"].contains(where: address.lowercased().hasPrefix)
    {
      let scheme = address.firstIndex(of: ":").map { address[..<$0].lowercased() } ?? ""
      refusals.append(
        PolicyRefusal(
          path.appending("url"), "Wasm: unsupported Wasm module downloading URL scheme: \(scheme)",
          "begin it with https:// or oci://"))
    }
    if let checksum = source["sha256"]?.text, !checksum.isEmpty, !Variable.isIn(checksum),
      !Pattern.sha256.accepts(checksum)
    {
      refusals.append(
        PolicyRefusal(
          path.appending("sha256"),
          "Wasm: module downloaded from \(address) has a checksum, which does not match: \(checksum)",
          "write \(Pattern.sha256.description), or leave it out"))
    }
    return refusals
  }

  /// Why a module of Wasm is not fetched.
  private func moduleRefusals(of code: Node?, at path: Path, _ namespace: String) -> [PolicyRefusal]
  {
    var refusals: [PolicyRefusal] = []
    for source in ["http", "image"] {
      guard let node = code?.given(source) else { continue }
      refusals += addressRefusals(of: node, at: path.appending(.to("code", source)))
    }
    if let ref = code?.given("image", "pullSecretRef"), let name = ref["name"]?.text {
      let key = ObjectKey(ref.given("namespace")?.text ?? namespace, name)
      if let secret = stored("Secret", key), secret.lacks(".dockerconfigjson") {
        refusals.append(
          PolicyRefusal(
            path.appending(.to("code", "image", "pullSecretRef", "name")),
            "Wasm: missing .dockerconfigjson key in secret \(key)",
            "use a Secret of type kubernetes.io/dockerconfigjson"))
      }
    }
    for source in ["http", "image"] {
      guard let ref = code?.given(source, "tls", "caCertificateRef") else { continue }
      let authority = CACertificateRef(
        ref, at: path.appending(.to("code", source, "tls", "caCertificateRef")),
        namespace: namespace)
      guard let data = stored(authority.kind, authority.object),
        data.authorities.map({ $0.value == "" }) ?? true
      else { continue }
      refusals.append(
        PolicyRefusal(
          authority.path.appending("name"),
          "Wasm: ref \(authority.kind.lowercased()) [\(authority.object.name)] has no key ca.crt "
            + "and more than one entry", "write the certificates under ca.crt there"))
    }
    return refusals
  }
}
