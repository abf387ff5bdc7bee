package main

import (
	"encoding/json"
	"io"
)

// jsonFormat is the tree that x/tools and "go vet -json" print: unit, check,
// list of diagnostics. Paths are absolute, as they are there.
var jsonFormat = outputFormat{
	name:  "json",
	usage: "print findings and fixes as JSON",
	write: func(w io.Writer, r *report) error {
		tree, err := encodeTree(r.findings)
		if err != nil {
			return err
		}
		enc := json.NewEncoder(w)
		enc.SetIndent("", "\t")
		return enc.Encode(tree)
	},
}
