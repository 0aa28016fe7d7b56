// Small stacks that fail, or that a test ends in some rough way. The setting "Stack" says which.
var builder = DistributedApplication.CreateBuilder(args);
switch (builder.Configuration["Stack"])
{
    case "dies":
        builder.AddExecutable("teller", "bash", ".", "-c", "echo its last words; exit 3");
        break;
    case "no program":
        builder.AddExecutable("teller", "no-such-program", ".");
        break;
    case "sleeps":
        builder.AddExecutable("sleeper", "bash", ".", "-c", "echo pid $$; exec sleep 600");
        break;
    case "waits":
        var first = builder.AddExecutable("first", "bash", ".", "-c", "exit 4");
        builder.AddExecutable("second", "bash", ".", "-c", "echo never seen").WaitForCompletion(first);
        break;
    case "stores":
        builder.AddPostgres("store", password: builder.AddParameter("store-password", secret: true)).WithDataVolume("store").AddDatabase("shelf");
        break;
    default:
        throw new ArgumentException($"There is no stack '{builder.Configuration["Stack"]}'.");
}

builder.Build().Run();
