using BenchmarkDotNet.Running;
using ChatService.Benchmarks.Absence;
using ChatService.Benchmarks.Assistant;
using ChatService.Benchmarks.Encryption;
using ChatService.Benchmarks.Load;
using ChatService.Benchmarks.Load.Servers;
using ChatService.Benchmarks.Soak;

switch (args)
{
    case ["encryption", .. var rest]:
        BenchmarkSwitcher.FromTypes([typeof(SessionStartBenchmark), typeof(SealBenchmark), typeof(OpenBenchmark)]).Run(rest.Length > 0 ? rest : ["--filter", "*"]);
        return 0;
    case ["load", .. var rest]:
        return await LoadCommand.RunAsync(rest);
    case ["soak", .. var rest]:
        return await SoakCommand.RunAsync(rest);
    case ["absence", .. var rest]:
        return await AbsenceCommand.RunAsync(rest);
    case ["assistant", .. var rest]:
        return await AssistantCommand.RunAsync(rest);
    case [NaiveServer.Command]:
        return await NaiveServer.RunAsync();
    case [BareServer.Command]:
        return await BareServer.RunAsync();
    default:
        Console.Error.WriteLine("Usage: dotnet run -c Release --project ChatService.Benchmarks -- encryption [BenchmarkDotNet options]");
        Console.Error.WriteLine($"       dotnet run -c Release --project ChatService.Benchmarks -- {LoadOptions.Usage}");
        Console.Error.WriteLine($"       dotnet run -c Release --project ChatService.Benchmarks -- {SoakOptions.Usage}");
        Console.Error.WriteLine($"       dotnet run -c Release --project ChatService.Benchmarks -- {AbsenceOptions.Usage}");
        Console.Error.WriteLine($"       dotnet run -c Release --project ChatService.Benchmarks -- {AssistantCommand.Usage}");
        return 1;
}
