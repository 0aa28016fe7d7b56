using Microsoft.Extensions.Configuration;

var builder = DistributedApplication.CreateBuilder(args);

// What the chat stores: PostgreSQL is the truth, Redis carries presence and the SignalR backplane.
var postgres = builder.AddPostgres("postgres").WithDataVolume();
var database = postgres.AddDatabase("chatdb");
var redis = builder.AddRedis("redis");

// The model behind @gpt: "Endpoint=https://…;Key=…;Model=…". Optional on a developer's machine.
var openai = builder.AddConnectionString("openai");
var sealingKey = builder.AddParameter("assistant-sealing-key", secret: true);

// Seals the keys that the hubs sign tokens with, wherever they are stored: hubs and worker share it, the database never has it.
var serverSealingKey = builder.AddParameter("server-sealing-key", secret: true);

// Migrates the schema, watches over keys, and is the assistant's end of the encryption: hubs wait for it, and it calls them later.
var worker = builder.AddProject<Projects.ChatService_Worker>("worker")
    .WithReference(database).WaitFor(database)
    .WithReference(redis).WaitFor(redis)
    .WithReference(openai)
    .WithEnvironment("Assistant__SealingKey", sealingKey)
    .WithEnvironment("ServerKeys__SealingKey", serverSealingKey)
    .WithHttpHealthCheck("/health");

if (builder.ExecutionContext.IsPublishMode)
{
    // One service; the cluster scales it and its ingress keeps sessions sticky.
    var hub = builder.AddProject<Projects.ChatService_Hub>("hub")
        .WithReference(database).WaitFor(database)
        .WithReference(redis).WaitFor(redis)
        .WaitFor(worker)
        .WithEnvironment("ServerKeys__SealingKey", serverSealingKey)
        .WithHttpHealthCheck("/health")
        .WithExternalHttpEndpoints()
        .WithReplicas(3);
    worker.WithReference(hub);
}
else
{
    // The same picture on one machine: several hubs behind a gateway that keeps sessions sticky.
    var gateway = builder.AddProject<Projects.ChatService_Gateway>("gateway")
        .WithHttpHealthCheck("/health")
        .WithExternalHttpEndpoints();
    worker.WithReference(gateway);
    for (var instance = 1; instance <= builder.Configuration.GetValue("Hubs", 2); instance++)
    {
        // Hubs of one project cannot share the ports of its launch profile. Tokens name the address that people use.
        var hub = builder.AddProject<Projects.ChatService_Hub>($"hub-{instance}")
            .WithEndpoint("http", endpoint => endpoint.Port = null)
            .WithEndpoint("https", endpoint => endpoint.Port = null)
            .WithReference(database).WithReference(redis).WaitFor(worker)
            .WithEnvironment("ServerKeys__SealingKey", serverSealingKey)
            .WithEnvironment("Authentication__PublicUrl", gateway.GetEndpoint("http"))
            .WithEnvironment("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true")
            .WithHttpHealthCheck("/health");
        gateway.WithReference(hub).WaitFor(hub);
    }
}

builder.Build().Run();
