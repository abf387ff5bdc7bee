package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestToolID(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("other formats are hashed")
	}
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	build := func(flags ...string) (string, bool) {
		program := filepath.Join(dir, "program")
		cmd := exec.Command("go", append(append([]string{"build", "-o", program}, flags...), ".")...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		var b strings.Builder
		ok := printToolID(&b, program)
		return b.String(), ok
	}
	write("go.mod", "module example.com/program\n\ngo 1.26\n")
	write("main.go", "package main\n\nfunc main() { println(1) }\n")
	first, ok := build()
	if !ok || !strings.HasPrefix(first, "concheck version devel buildID=") {
		t.Fatalf("%q, %v", first, ok)
	}
	if again, _ := build(); again != first {
		t.Errorf("the same program: %q, then %q", first, again)
	}
	write("main.go", "package main\n\nfunc main() { println(2) }\n")
	if other, _ := build(); other == first {
		t.Errorf("another program: %q", other)
	}
	if out, ok := build("-ldflags=-buildid=redacted"); ok {
		t.Errorf("a build ID that is no hash: %q", out)
	}
	if out, ok := build("-ldflags=-buildid="); ok {
		t.Errorf("no build ID: %q", out)
	}
}
