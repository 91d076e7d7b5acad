import YAML

extension ResourceKind {
  /// What works on requests and responses beside Envoy's own filters.
  package static let envoyExtensionPolicy = ResourceKind(
    group: "gateway.envoyproxy.io", kind: "EnvoyExtensionPolicy",
    versions: [Version("v1alpha1", isStored: true)],
    help: "External processors, Wasm, Lua and dynamic modules that work on the requests of a "
      + "Gateway or a route.",
    spec: Property(
      "spec",
      .object(
        PolicyTargets.properties(kinds: "Gateway or a route", source: extensionSource)
          + SchemaTable.fields(extensionFacts, parts: extensionParts)),
      isRequired: true, help: "The targets and the extensions.", source: extensionSource,
      asking: PolicyTargets.asking(
        "mergeType", of: "HTTPRoute,GRPCRoute,UDPRoute,TCPRoute,TLSRoute", in: "since next")),
    status: { SchemaTable.ancestors })

  private static let extensionSource = Citation.envoyGateway(
    "api/v1alpha1/envoyextensionpolicy_types.go")

  private static let extensionParts = SchemaTable.parts(
    """
    processed object
      attributes list
        - text attribute
      body choice Streamed Buffered BufferedPartial FullDuplexStreamed
    authority object
      caCertificateRef! use secretRef
    """, and: SchemaTable.security)

  private static let extensionFacts = """
    dynamicModule list ..16 ; since 0.7 # Modules that Envoy loads, named in the EnvoyProxy.
      - object
        config any
        filterName text ..253
        name! text 1..253 moduleName
        terminalFilter bool = false
    extProc list ..16 # Services that see and change requests and responses.
      - object with servers ; !backendRef ; backendRefs[].kind=Service,ServiceImport,Backend ; @authGroups \
          ; failOpen=true => processingMode.request.body!=FullDuplexStreamed \
          ; failOpen=true => processingMode.response.body!=FullDuplexStreamed \
          ; since next shadowMode=true => !processingMode.request.body \
            | processingMode.request.body=Streamed \
          ; since next shadowMode=true => !processingMode.response.body \
            | processingMode.response.body=Streamed
        failOpen bool = false
        messageTimeout duration
        metadata object
          accessibleNamespaces use texts
          writableNamespaces list ..8 ; @ownNamespaces
            - text
        processingMode object
          allowModeOverride bool
          request use processed
          response use processed
        shadowMode bool ; since next
        statusOnError use errorStatus ; since next
    lua list ..16 # Scripts that Envoy runs.
      - object ; type ? Inline:inline ValueRef:valueRef
        filterContext any ; since next
        inline text
        type! choice Inline ValueRef = Inline
        valueRef object ; kind=ConfigMap ; @coreGroup
          group! group
          kind! kind
          name! name
    mergeType text ; since next ; @notReplace
    wasm list ..16 # WebAssembly modules that Envoy runs.
      - object
        code! object ; type ? HTTP:http Image:image
          http object
            sha256 text
            tls use authority
            url! text anyURL
          image object
            pullSecretRef object ; kind=Secret
              group group = ''
              kind kind = Secret
              name! name
              namespace namespace
            sha256 text
            tls use authority
            url! text
          pullPolicy choice IfNotPresent Always
          type! choice HTTP Image
        config any
        env object
          hostKeys use texts
        failOpen bool = false
        name text
        rootID text
    """
}
