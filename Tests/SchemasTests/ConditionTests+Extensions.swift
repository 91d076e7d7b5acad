import Schemas

extension ConditionTests {
  private static let gateway = "group: gateway.networking.k8s.io, kind: Gateway"
  private static let udp = "group: gateway.networking.k8s.io, kind: UDPRoute"

  static let extensions: [Example] = [
    Example(
      "EnvoyExtensionPolicy", "spec", "{mergeType: JSONMerge, targetRef: {\(udp)}}",
      "{mergeType: JSONMerge, targetRef: {\(gateway)}}",
      "{mergeType: JSONMerge, targetRefs: [{\(gateway)}]}",
      "{mergeType: JSONMerge, targetSelectors: [{kind: Gateway}]}"
    ).in(.next),
    Example("EnvoyExtensionPolicy", "mergeType", "JSONMerge", "Replace").in(.next),
    Example(
      "EnvoyExtensionPolicy", "extProc[]",
      "{backendRefs: [{name: a, port: 1}], failOpen: true, "
        + "processingMode: {request: {body: Streamed}}}",
      "{backendRef: {}}", "{backendRefs: [{kind: A, name: a}]}",
      "{backendRefs: [{group: a, name: a}]}",
      "{failOpen: true, processingMode: {request: {body: FullDuplexStreamed}}}",
      "{failOpen: true, processingMode: {response: {body: FullDuplexStreamed}}}"),
    Example(
      "EnvoyExtensionPolicy", "extProc[]",
      "{shadowMode: true, processingMode: {request: {}, response: {body: Streamed}}}",
      "{shadowMode: true, processingMode: {request: {body: Buffered}}}",
      "{shadowMode: true, processingMode: {response: {body: FullDuplexStreamed}}}"
    ).in(.next),
    Example(
      "EnvoyExtensionPolicy", "writableNamespaces", "[envoy.lb, mine]",
      "[mine, envoy.filters.http.lua]"),
    Example(
      "EnvoyExtensionPolicy", "lua[]", "{inline: a}", "{}", "{type: ValueRef}",
      "{inline: a, valueRef: {}}", "{type: ValueRef, inline: a, valueRef: {}}"),
    Example(
      "EnvoyExtensionPolicy", "lua.valueRef", "{group: v1, kind: ConfigMap}",
      "{group: '', kind: Secret}", "{group: a, kind: ConfigMap}"),
    Example(
      "EnvoyExtensionPolicy", "wasm.code", "{type: HTTP, http: {}}", "{type: HTTP}",
      "{type: Image}", "{type: Image, http: {}}", "{type: HTTP, image: {}}"),
    Example("EnvoyExtensionPolicy", "pullSecretRef", "{name: a}", "{kind: ConfigMap, name: a}"),
  ]
}
