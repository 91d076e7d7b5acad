import YAML

extension ResourceKind {
  /// The listeners that clients call (kubernetes-sigs/gateway-api v1.5.1, CRD gateways).
  package static let gateway = ResourceKind(
    group: "gateway.networking.k8s.io", kind: "Gateway",
    versions: [Version("v1", isStored: true), Version("v1beta1")],
    help: "The addresses and ports that clients call.",
    spec: Property(
      "spec", .object(SchemaTable.object(gatewayFacts, parts: SchemaTable.common)),
      isRequired: true,
      help: "The class of the Gateway and its listeners.",
      source: Citation.gatewayAPICRD("gateways", line: 242)),
    status: { gatewayStatus })

  private static let gatewayFacts = """
    gatewayClassName! name
    listeners! list 1..64 by name ; @noTLS ; @terminate ; since 0.7 @modeOfTLS ; @noHostname \
        ; @listenerNames ; @listenerPlaces
      - object
        name! subdomain
        protocol! text 1..255 protocolName
        port! port
        hostname hostname
        tls object ; mode=Terminate => certificateRefs+ | options+
          certificateRefs list ..64
            - use secretRef
          mode choice Terminate Passthrough = Terminate
          options map ..16
            - text 0..4096
        allowedRoutes object = {namespaces: {from: Same}}
          namespaces object = {from: Same}
            from choice All Selector Same = Same
            selector use selector
          kinds list ..8
            - object
              group group = gateway.networking.k8s.io
              kind! kind
    addresses list ..16 ; @addresses ; @hosts
      - object ; @hostAddress ; @addressType ; @addressValue
        type text 1..253 addressType = IPAddress
        value text ..253
    allowedListeners object
      namespaces object = {from: None}
        from choice All Selector Same None = None
        selector use selector
    defaultScope choice All None
    infrastructure object
      annotations map ..8 ; @keys ; @keyPrefixes
        - text 0..4096
      labels map ..8 ; @keys ; @keyPrefixes
        - text 0..63 labelText
      parametersRef use localRef
    tls object
      backend object
        clientCertificateRef use secretRef
      frontend object
        default! object
          validation object
            caCertificateRefs! list 1..8
              - object
                group! group
                kind! kind
                name! name
                namespace namespace
            mode choice AllowValidOnly AllowInsecureFallback = AllowValidOnly
        perPort list ..64 by port ; @ports
          - object
            port! port
            tls! object
              validation object
                caCertificateRefs! list 1..8
                  - object
                    group! group
                    kind! kind
                    name! name
                    namespace namespace
                mode choice AllowValidOnly AllowInsecureFallback = AllowValidOnly
    """

  private static let gatewayStatus = SchemaTable.status(
    """
    addresses list
      - object
        type text
        value text
    attachedListenerSets int
    conditions use conditions
    listeners list
      - object
        attachedRoutes int
        conditions use conditions
        name text
        supportedKinds list
          - object
            group text
            kind text
    """)
}
