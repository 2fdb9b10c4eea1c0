package io.github.twinpool.houserules;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** How long the sources of a module are. */
final class Sizes {
  private record File(String name, long lines, int types, List<Method> methods) {}

  private record Method(String name, long lines) {}

  private final List<File> files = new ArrayList<>();

  private Sizes() {}

  /** Reads every source below a directory. */
  static Sizes of(Path sources) throws IOException {
    Sizes sizes = new Sizes();
    List<Path> paths;
    try (Stream<Path> all = Files.walk(sources)) {
      paths =
          all.filter(it -> it.toString().endsWith(".java"))
              .filter(it -> !it.endsWith("package-info.java"))
              .sorted()
              .toList();
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, List.of(), null, manager.getJavaFileObjectsFromPaths(paths));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        sizes.add(unit, positions);
      }
    }
    return sizes;
  }

  private void add(CompilationUnitTree unit, SourcePositions positions) throws IOException {
    List<Method> methods = new ArrayList<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethod(MethodTree method, Void nothing) {
        long from = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, method));
        long to = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, method));
        methods.add(new Method(method.getName().toString(), to - from + 1));
        return super.visitMethod(method, null);
      }
    }.scan(unit, null);
    String text = unit.getSourceFile().getCharContent(true).toString();
    int types = (int) unit.getTypeDecls().stream().filter(ClassTree.class::isInstance).count();
    String name = Path.of(unit.getSourceFile().getName()).getFileName().toString();
    files.add(new File(name, text.lines().count(), types, methods));
  }

  /** What is more than it may be, one line each. */
  List<String> above(int types, int linesOfFile, int linesOfMethod) {
    List<String> all = new ArrayList<>();
    int found = files.stream().mapToInt(File::types).sum();
    if (found > types) {
      all.add(found + " top-level types; at most " + types + " are allowed");
    }
    for (File file : files) {
      if (file.lines() > linesOfFile) {
        all.add(
            "%s: %d lines; at most %d are allowed"
                .formatted(file.name(), file.lines(), linesOfFile));
      }
      for (Method method : file.methods()) {
        if (method.lines() > linesOfMethod) {
          all.add(
              "%s: %s has %d lines; at most %d are allowed"
                  .formatted(file.name(), method.name(), method.lines(), linesOfMethod));
        }
      }
    }
    return all;
  }
}
