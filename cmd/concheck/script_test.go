package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/concheck/concheck/analyzers"
)

// The scripts below testdata/script run this test binary under the name
// concheck, with the probe check beside the real ones.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"concheck": func() {
			memoryLimit = 512 << 20
			os.Exit(run(append(analyzers.All(), probe), os.Args[1:]))
		},
	})
}

func TestScripts(t *testing.T) {
	env, err := exec.Command("go", "env", "GOCACHE", "GOMODCACHE", "GOPROXY", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	repo, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	schema, err := compileSchema()
	if err != nil {
		t.Fatal(err)
	}
	dirs := strings.Split(string(env), "\n")
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			self, err := exec.LookPath("concheck")
			if err != nil {
				return err
			}
			e.Vars = append(e.Vars,
				"GOCACHE="+dirs[0], "GOMODCACHE="+dirs[1], "GOPROXY="+dirs[2], "GOROOT="+dirs[3],
				"GOFLAGS=", "GOTOOLCHAIN=local", "GOWORK=", "GITHUB_WORKSPACE=",
				"CONCHECK="+self, "REPO="+repo, "CONCHECKDIR="+filepath.Dir(self),
			)
			return nil
		},
		Condition: func(cond string) (bool, error) {
			if cond == "root" {
				return os.Geteuid() == 0, nil
			}
			return false, fmt.Errorf("unknown condition %q", cond)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":  exits,
			"golden": golden,
			"sarif":  validSARIF(schema),
		},
	})
}

// exits runs a program and checks its exit code: exits CODE PROGRAM ARG...
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits code program [arg...]")
	}
	code := 0
	exit := (*exec.ExitError)(nil)
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if fmt.Sprint(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

// golden compares output with a file in which $WORK stands for the script's
// directory and every other dollar for itself: golden FILE WANT.
func golden(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: golden file want")
	}
	got := strings.ReplaceAll(ts.ReadFile(args[0]), ts.Getenv("WORK"), "$WORK")
	if d := unifiedDiff(args[1], []byte(ts.ReadFile(args[1])), []byte(got)); got != ts.ReadFile(args[1]) {
		ts.Fatalf("%s differs:\n%s", args[0], d)
	}
}
