using System.Text;
using ChatService.Cli.Commands;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
SQLitePCL.Batteries_V2.Init();
return await ChatCommandLine.RunAsync(args);
