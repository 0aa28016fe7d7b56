using BenchmarkDotNet.Running;
using ChatService.Benchmarks.Encryption;

if (args is not ["encryption", .. var rest])
{
    Console.Error.WriteLine("Usage: dotnet run -c Release --project ChatService.Benchmarks -- encryption [BenchmarkDotNet options]");
    return 1;
}

BenchmarkSwitcher.FromTypes([typeof(SessionStartBenchmark), typeof(SealBenchmark), typeof(OpenBenchmark)]).Run(rest.Length > 0 ? rest : ["--filter", "*"]);
return 0;
