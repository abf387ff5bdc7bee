package main

import (
	"bytes"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// compileSchema compiles the schema that OASIS publishes for SARIF 2.1.0.
func compileSchema() (*jsonschema.Schema, error) {
	const name = "testdata/sarif-schema-2.1.0.json"
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(name, doc); err != nil {
		return nil, err
	}
	return c.Compile(name)
}

// validSARIF checks files against the schema: sarif FILE...
func validSARIF(schema *jsonschema.Schema) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, neg bool, args []string) {
		if len(args) == 0 {
			ts.Fatalf("usage: [!] sarif file...")
		}
		for _, name := range args {
			doc, err := jsonschema.UnmarshalJSON(bytes.NewReader([]byte(ts.ReadFile(name))))
			ts.Check(err)
			switch err := schema.Validate(doc); {
			case err != nil && !neg:
				ts.Fatalf("%s: %v", name, err)
			case err == nil && neg:
				ts.Fatalf("%s is valid", name)
			}
		}
	}
}

func TestFingerprintSurvivesEditsAbove(t *testing.T) {
	print := func(text string, line int) string {
		t.Helper()
		file := t.TempDir() + "/x.go"
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		s := &sarifWriter{report: &report{dir: file[:len(file)-len("/x.go")]}, seen: make(map[string]int)}
		return s.fingerprint(finding{check: "probe", pos: position{file, line, 2}})
	}
	before := print("package x\n\tch <- 1\n", 2)
	after := print("package x\n\n// More.\n\t\tch <- 1\n", 4)
	other := print("package x\n\tch <- 2\n", 2)
	if before != after {
		t.Errorf("moving the line changes the fingerprint from %s to %s", before, after)
	}
	if before == other {
		t.Errorf("another line has the same fingerprint %s", other)
	}
}
