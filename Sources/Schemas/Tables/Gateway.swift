import YAML

extension ResourceKind {
  /// The listeners that clients call (kubernetes-sigs/gateway-api v1.5.1, CRD gateways).
  package static let gateway = ResourceKind(
    group: "gateway.networking.k8s.io", kind: "Gateway",
    versions: [Version("v1", isStored: true), Version("v1beta1")],
    help: "The addresses and ports that clients call.",
    spec: Property(
      "spec", .object(SchemaTable.object(gatewayFacts, parts: gatewayParts)),
      isRequired: true,
      help: "The class of the Gateway and its listeners.",
      source: Citation.gatewayAPICRD("gateways", line: 242)),
    status: { gatewayStatus })

  private static let gatewayParts = SchemaTable.parts(
    """
    clientValidation object # How certificates of clients are verified.
      caCertificateRefs! list 1..8 \
          # The objects that hold the trusted certificate authorities.
        - object # An object that holds trusted certificate authorities.
          group! group # The API group of the object; empty for ConfigMap and Secret.
          kind! kind # The kind of the object, such as ConfigMap.
          name! name # The name of the object.
          namespace namespace # The namespace of the object; the Gateway's own if left out.
      mode choice AllowValidOnly AllowInsecureFallback = AllowValidOnly \
          # Whether clients without a valid certificate are accepted \
          (AllowInsecureFallback) or refused (AllowValidOnly).
    """, and: SchemaTable.common)

  private static let gatewayFacts = """
    gatewayClassName! name # The GatewayClass, which names the controller that runs the Gateway.
    listeners! list 1..64 by name ; @noTLS ; @terminate ; since 0.7 @modeOfTLS ; @noHostname \
        ; @listenerNames ; @listenerPlaces # The ports that clients connect to.
      - object # A port that clients connect to.
        name! subdomain \
            # The name of the listener, by which routes and policies choose it (sectionName).
        protocol! text 1..255 protocolName # What clients speak: HTTP, HTTPS, TLS, TCP or UDP.
        port! port # The port that clients connect to.
        hostname hostname \
            # The host names that the listener serves, such as *.example.com; all if left out.
        tls object ; mode=Terminate => certificateRefs+ | options+ \
            # How connections are encrypted, for HTTPS and TLS.
          certificateRefs list ..64 \
              # The Secrets with the certificates and private keys of the listener.
            - use secretRef
          mode choice Terminate Passthrough = Terminate \
              # Whether the Gateway ends TLS (Terminate) or passes it on to the backend \
              (Passthrough).
          options map ..16 # Settings of the controller for TLS.
            - text 0..4096 # The value of this setting.
        allowedRoutes object = {namespaces: {from: Same}} \
            # Which routes may attach to the listener.
          namespaces object = {from: Same} \
              # The namespaces whose routes may attach; the Gateway's own if left out.
            from choice All Selector Same = Same \
                # Routes of all namespaces, of those that selector chooses, or of the \
                Gateway's own (Same).
            selector use selector # The labels of the namespaces, for from: Selector.
          kinds list ..8 \
              # The kinds of routes that may attach; those that fit the protocol if left out.
            - object # A kind of route that may attach.
              group group = gateway.networking.k8s.io # The API group of the kind of route.
              kind! kind # The kind of route, such as HTTPRoute.
    addresses list ..16 ; @addresses ; @hosts \
        # The addresses that are asked for; the controller chooses some if left out.
      - object ; @hostAddress ; @addressType ; @addressValue # An address that is asked for.
        type text 1..253 addressType = IPAddress \
            # Whether the address is an IP address or a host name.
        value text ..253 # The address; the controller chooses one of the type if left out.
    allowedListeners object \
        # Which ListenerSets may add listeners to the Gateway; none if left out.
      namespaces object = {from: None} # The namespaces whose ListenerSets may attach.
        from choice All Selector Same None = None \
            # ListenerSets of all namespaces, of those that selector chooses, of the Gateway's \
            own (Same) or of none.
        selector use selector # The labels of the namespaces, for from: Selector.
    defaultScope choice All None \
        # Whether routes that ask for a default Gateway attach to this one; not if left out.
    infrastructure object # What the objects are given that the controller makes for the Gateway.
      annotations map ..8 ; @keys ; @keyPrefixes # Annotations of these objects.
        - text 0..4096 # The value of this annotation.
      labels map ..8 ; @keys ; @keyPrefixes # Labels of these objects.
        - text 0..63 labelText # The value of this label.
      parametersRef use localRef \
          # The object with settings of the controller, such as an EnvoyProxy in the Gateway's \
          namespace.
    tls object # How TLS is used on all listeners and towards backends.
      backend object # How the Gateway proves who it is to backends with TLS.
        clientCertificateRef use secretRef \
            # The Secret with the certificate and private key that backends are shown.
      frontend object # How clients of HTTPS listeners prove who they are.
        default! object # What holds for all HTTPS listeners, unless perPort says otherwise.
          validation use clientValidation # How certificates of clients are verified.
        perPort list ..64 by port ; @ports \
            # What holds for the HTTPS listeners of single ports instead.
          - object # A port and how its clients prove who they are.
            port! port # The port of the listeners.
            tls! object # How clients of the port prove who they are.
              validation use clientValidation \
                  # How certificates of clients are verified.
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
