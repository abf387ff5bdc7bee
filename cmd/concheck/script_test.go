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
		"concheck": func() { os.Exit(run(append(analyzers.All(), probe), os.Args[1:])) },
	})
}

func TestScripts(t *testing.T) {
	env, err := exec.Command("go", "env", "GOCACHE", "GOMODCACHE", "GOPROXY", "GOROOT").Output()
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
				"CONCHECK="+self, "CONCHECKDIR="+filepath.Dir(self),
			)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits,
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
