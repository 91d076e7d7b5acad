import YAML

extension ResourceKind {
  /// How the proxies of a Gateway run: every field, but nothing of what stands in those that are
  /// Kubernetes' own, such as `pod`, nor in `mergeBackends` of a later release.
  package static let envoyProxy = ResourceKind(
    group: "gateway.envoyproxy.io", kind: "EnvoyProxy",
    versions: [Version("v1alpha1", isStored: true)],
    help: "How the proxies of a Gateway run.",
    spec: Property(
      "spec", .object(SchemaTable.object(envoyProxyFacts, parts: envoyProxyParts)),
      isRequired: true,
      help: "Where the proxies run, and as what.",
      source: "envoyproxy/gateway v1.8.1, CRD envoyproxies, line 43"),
    status: { SchemaTable.ancestors })

  private static let envoyProxyParts = SchemaTable.parts(
    """
    container object ; image => !imageRepository
      env any
      image text ; @image
      imageRepository text ; @imageRepository
      resources any
      securityContext any
      volumeMounts any
    filter choice envoy.filters.http.custom_response envoy.filters.http.health_check \
        envoy.filters.http.fault envoy.filters.http.cors envoy.filters.http.header_mutation \
        envoy.filters.http.ext_authz envoy.filters.http.api_key_auth envoy.filters.http.basic_auth \
        envoy.filters.http.oauth2 envoy.filters.http.jwt_authn envoy.filters.http.stateful_session \
        envoy.filters.http.buffer envoy.filters.http.lua envoy.filters.http.ext_proc \
        envoy.filters.http.wasm envoy.filters.http.dynamic_modules envoy.filters.http.geoip \
        envoy.filters.http.rbac envoy.filters.http.local_ratelimit envoy.filters.http.ratelimit \
        envoy.filters.http.bandwidth_limit envoy.filters.http.grpc_web envoy.filters.http.grpc_stats \
        envoy.filters.http.credential_injector envoy.filters.http.compressor \
        envoy.filters.http.dynamic_forward_proxy
    sentHeaders list 1..32
      - object
        name! header
        value! text 1..4096
    labels map
      - text
    collector object ; host | backendRefs+ ; !backendRef
      backendRef use serviceRef
      backendRefs use fallbackRefs
      backendSettings use clusterSettings
      headers use sentHeaders
      host text
      port int 0..
      resourceAttributes use labels
      resources use labels
    metricsCollector object ; host | backendRefs+ ; !backendRef
      backendRef use serviceRef
      backendRefs use fallbackRefs
      backendSettings use clusterSettings
      headers use sentHeaders
      host text
      port int 0..
      reportCountersAsDeltas bool
      reportHistogramsAsDeltas bool
      resourceAttributes use labels
    database object
      local! object
        path! text databaseFile
    changes object
      type text
      value! any
    """, and: SchemaTable.security)

  private static let envoyProxyFacts = """
    backendTLS object ; minVersion=1.3 => !ciphers ; @tlsVersions
      alpnProtocols use texts
      ciphers use texts
      clientCertificateRef use secretRef
      ecdhCurves use texts
      fingerprints list ; since 0.7
        - choice JA3 JA4
      maxVersion choice Auto 1.0 1.1 1.2 1.3
      minVersion choice Auto 1.0 1.1 1.2 1.3
      signatureAlgorithms use texts
    bootstrap object ; type=JSONPatch => jsonPatches+ ; type!=JSONPatch => value
      jsonPatches list
        - object
          from text
          jsonPath text
          op! choice add remove replace move copy test
          path text
          value any
      type choice Merge Replace JSONPatch = Replace
      value text
    concurrency int
    dynamicModules list ..16 by name ; since 0.7
      - object
        doNotClose bool = false
        loadGlobally bool = false
        name! text 1..253 moduleName
        source! object ; type=Remote => remote ; type=Remote => !local ; type!=Remote => local \
            ; type!=Remote => !remote
          local object
            path! text 1..4096
          remote object
            sha256! text sha256
            url! text 1..4096 httpURL
          type choice Local Remote = Local
    extraArgs use texts
    filterOrder list
      - object ; before | after ; before => !after
        after use filter
        before use filter
        name! use filter
    geoIP object ; since 0.7
      provider object ; type=MaxMind => maxMind
        maxMind object ; cityDbSource | countryDbSource | asnDbSource | ispDbSource \
            | anonymousIpDbSource
          anonymousIpDbSource use database
          asnDbSource use database
          cityDbSource use database
          countryDbSource use database
          ispDbSource use database
        type! choice MaxMind
    ipFamily choice IPv4 IPv6 DualStack
    logging object
      level map
        - choice trace debug info warn error ; since next as choice trace debug info warn error off \
            critical
    luaValidation choice Strict InsecureSyntax Disabled
    mergeBackends any ; since next
    mergeGateways bool
    mergeType choice Replace StrategicMerge JSONMerge ; since 0.7
    preserveRouteOrder bool
    provider object
      host object
        envoyVersion text
      kubernetes object ; envoyDeployment => !envoyDaemonSet ; envoyDaemonSet => !envoyHpa
        envoyDaemonSet object
          container use container
          name text
          patch use changes
          pod any
          strategy any
        envoyDeployment object
          container use container
          initContainers any
          name text
          patch use changes
          pod any
          replicas int
          strategy any
        envoyHpa object ; minReplicas<=maxReplicas
          behavior any
          maxReplicas! int 1..
          metrics any
          minReplicas int 1..
          name text
          patch use changes
        envoyPDB object ; minAvailable | maxUnavailable ; minAvailable => !maxUnavailable
          maxUnavailable any
          minAvailable any
          name text
          patch use changes
        envoyService object ; type!=LoadBalancer => !allocateLoadBalancerNodePorts \
            ; type!=LoadBalancer => !loadBalancerSourceRanges \
            ; type!=LoadBalancer => !loadBalancerIP
          allocateLoadBalancerNodePorts bool
          annotations use labels
          externalTrafficPolicy choice Local Cluster
          labels use labels
          loadBalancerClass text
          loadBalancerIP text
          loadBalancerSourceRanges use texts
          name text
          patch use changes
          type choice ClusterIP LoadBalancer NodePort = LoadBalancer
        envoyServiceAccount object
          name text
        useListenerPortAsContainerPort bool
      type! choice Kubernetes Host
    routingType text
    shutdown object
      drainTimeout duration
      healthCheckFailureDelay any ; since next
      minDrainDuration duration
    telemetry object
      accessLog object
        disable bool
        settings list 1..50
          - object
            format object ; text | json ; type=Text => text ; type=Text => !json \
                ; type=JSON => json ; type=JSON => !text
              json use labels
              text text
              type choice Text JSON
            matches list ..10
              - text
            sinks! list 1..50
              - object ; type ? ALS:als File:file OpenTelemetry:openTelemetry
                als object ; type=HTTP | !http ; !backendRef ; backendRefs+
                  backendRef use serviceRef
                  backendRefs use fallbackRefs
                  backendSettings use clusterSettings
                  http object
                    requestHeaders use texts
                    responseHeaders use texts
                    responseTrailers use texts
                  logName text 1..
                  type! choice HTTP TCP
                file object
                  path text 1..
                openTelemetry use collector
                type choice ALS File OpenTelemetry
            type choice Listener Route Upstream
      healthCheckLog any ; since next
      metrics object
        clusterStatName text
        enableGRPCStats bool ; since 0.7
        enablePerEndpointStats bool
        enableRequestResponseSizesStats bool
        enableVirtualHostStats bool
        matches use stringMatches
        prometheus object
          compression object
            brotli any
            gzip any
            minContentLength size
            type! choice Gzip Brotli Zstd
            zstd any
          disable bool
        sinks list ..16
          - object ; type ? OpenTelemetry:openTelemetry
            openTelemetry use metricsCollector
            type! choice OpenTelemetry = OpenTelemetry
      requestID object
        tracing choice PackAndSample Sample Pack Disable
      tracing object ; samplingRate => !samplingFraction
        clientSamplingFraction any ; since next
        customTags map
          - object
            environment object
              defaultValue text
              name! text
            literal object
              value! text
            requestHeader object
              defaultValue text
              name! text
            type! choice Literal Environment RequestHeader = Literal
        overallSamplingFraction any ; since next
        provider! object ; host | backendRefs+ ; !backendRef ; openTelemetry => type=OpenTelemetry
          backendRef use serviceRef
          backendRefs use fallbackRefs
          backendSettings use clusterSettings
          host text
          openTelemetry object
            headers use sentHeaders
            resourceAttributes use labels
            sampler object ; since 0.7 ; samplingPercentage => type=TraceIdRatio,ParentBasedTraceIdRatio
              samplingPercentage use fraction
              type! choice AlwaysOn AlwaysOff TraceIdRatio ParentBasedAlwaysOn \
                  ParentBasedAlwaysOff ParentBasedTraceIdRatio = AlwaysOn
          port int 0..
          serviceName text 1..
          type! choice OpenTelemetry Zipkin Datadog = OpenTelemetry
          zipkin object
            disableSharedSpanContext bool
            enable128BitTraceId bool
        samplingFraction use fraction
        samplingRate int 0..100
        spanName object
          client! text
          server! text
        tags use labels
    """
}
