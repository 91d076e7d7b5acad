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
      attributes list # Attributes of Envoy that the service gets besides, such as request.path.
        - text attribute # An attribute of Envoy, such as request.path.
      body choice Streamed Buffered BufferedPartial FullDuplexStreamed \
          # How the service gets the body: in pieces or after it was buffered; not at all if left \
          out.
    authority object
      caCertificateRef! use secretRef \
          # The object that holds the trusted certificate authorities in its key ca.crt.
    """, and: SchemaTable.security)

  private static let extensionFacts = """
    dynamicModule list ..16 ; since 0.7 # Modules that Envoy loads, named in the EnvoyProxy.
      - object # A filter of a module that works on requests and responses.
        config any # The settings of the filter, which it gets as JSON.
        filterName text ..253 \
            # Which filter of the module is meant; the one with an empty name if left out.
        name! text 1..253 moduleName # The name of the module in dynamicModules of the EnvoyProxy.
        terminalFilter bool = false \
            # Whether the filter answers requests by itself; no backend is called then.
    extProc list ..16 # Services that see and change requests and responses.
      - object with servers ; !backendRef ; backendRefs[].kind=Service,ServiceImport,Backend ; @authGroups \
          ; failOpen=true => processingMode.request.body!=FullDuplexStreamed \
          ; failOpen=true => processingMode.response.body!=FullDuplexStreamed \
          ; since next shadowMode=true => !processingMode.request.body \
            | processingMode.request.body=Streamed \
          ; since next shadowMode=true => !processingMode.response.body \
            | processingMode.response.body=Streamed \
          # A service that sees and changes requests and responses (ext_proc of Envoy).
        failOpen bool = false \
            # Whether requests pass where the service fails or is not set up right; otherwise they \
            get 5xx.
        messageTimeout duration \
            # How long the service may take for each of its answers; 200ms if left out.
        metadata object \
            # Which metadata of a request the service may see and write; none if left out.
          accessibleNamespaces use texts # The namespaces of metadata that the service gets.
          writableNamespaces list ..8 ; @ownNamespaces \
              # The namespaces of metadata that the service may write.
            - text # A namespace of metadata that the service may write.
        processingMode object \
            # What of requests and responses the service gets; nothing if left out.
          allowModeOverride bool \
              # Whether the service may choose by itself what it gets; false if left out.
          request use processed \
              # What the service gets of requests: their headers, and the body as body says; \
              nothing if left out.
          response use processed \
              # What the service gets of responses: their headers, and the body as body says; \
              nothing if left out.
        shadowMode bool ; since next \
            # Whether the service only watches: its answers are not waited for and change nothing. \
            False if left out.
        statusOnError use errorStatus ; since next \
            # The status of the response where the service fails or is not reached; 500 if left \
            out.
    lua list ..16 # Scripts that Envoy runs.
      - object ; type ? Inline:inline ValueRef:valueRef \
          # A script that works on requests and responses.
        filterContext any ; since next \
            # The settings of the script, which it reads by filterContext().
        inline text # The script itself, for type Inline.
        type! choice Inline ValueRef = Inline \
            # Whether the script stands here (Inline) or in a ConfigMap (ValueRef).
        valueRef object ; kind=ConfigMap ; @coreGroup \
            # The ConfigMap that holds the script in its key lua, else in its first key.
          group! group # The API group of the object; empty for ConfigMap.
          kind! kind # The kind of the object, always ConfigMap.
          name! name # The name of the object.
    mergeType text ; since next ; @notReplace \
        # How these settings join those of the Gateway's policy; left out, they replace them.
    wasm list ..16 # WebAssembly modules that Envoy runs.
      - object # A WebAssembly module that works on requests and responses.
        code! object ; type ? HTTP:http Image:image # Where the module comes from.
          http object # The web server that has the module, for type HTTP.
            sha256 text # The SHA-256 hash that the module must have; not checked if left out.
            tls use authority # Which certificates of the server are trusted.
            url! text anyURL # The address of the module.
          image object # The OCI image that has the module, for type Image.
            pullSecretRef object ; kind=Secret \
                # The Secret with credentials for the registry; none are sent if left out.
              group group = '' # The API group of the object; empty for Secret.
              kind kind = Secret # The kind of the object, always Secret.
              name! name # The name of the object.
              namespace namespace \
                  # The namespace of the object; left out, the same one. Another one needs a \
                  ReferenceGrant there.
            sha256 text # The SHA-256 digest that the image must have; not checked if left out.
            tls use authority # Which certificates of the registry are trusted.
            url! text # The address of the image, such as registry.example.com/module:1.0.
          pullPolicy choice IfNotPresent Always \
              # Whether a module without sha256 is fetched anew when the policy changes; left out, \
              only images tagged latest.
          type! choice HTTP Image \
              # Whether the module comes from a web server (HTTP) or from an OCI image (Image).
        config any # The settings of the module, which it gets as JSON.
        env object # The environment of the module.
          hostKeys use texts # The environment variables of the proxy that the module may read.
        failOpen bool = false \
            # Whether requests pass where the module fails or is not set up right; otherwise they \
            get 5xx.
        name text # The name of the module, as logs show it; generated if left out.
        rootID text # The id under which the code registers its root context; empty if left out.
    """
}
