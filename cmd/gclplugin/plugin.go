// Package gclplugin makes concheck a linter of golangci-lint. To build a
// golangci-lint that holds it, name this package in .custom-gcl.yml, or import
// it beside golangci-lint's own main.
package gclplugin

import (
	"fmt"
	"slices"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/concheck/concheck/analyzers"
)

// Name is the linter's name in golangci-lint's configuration.
const Name = "concheck"

func init() { register.Plugin(Name, New) }

// Settings are what a configuration holds under
// linters.settings.custom.concheck.settings. Any other key is refused.
type Settings struct {
	Enable  []string `json:"enable"`  // run these checks and no others
	Disable []string `json:"disable"` // run all checks but these
}

// plugin is a linter whose checks are chosen.
type plugin struct {
	checks []*analysis.Analyzer
}

// New returns the linter for the settings of a configuration, which may be nil.
// Keys and checks that do not exist are errors.
func New(conf any) (register.LinterPlugin, error) {
	s, err := register.DecodeSettings[Settings](conf)
	if err != nil {
		return nil, err
	}
	if len(s.Enable) > 0 && len(s.Disable) > 0 {
		return nil, fmt.Errorf("enable and disable exclude each other")
	}
	all := analyzers.All()
	for _, name := range slices.Concat(s.Enable, s.Disable) {
		if !slices.ContainsFunc(all, func(a *analysis.Analyzer) bool { return a.Name == name }) {
			return nil, fmt.Errorf("no check is named %q", name)
		}
	}
	analyzers.UnderGolangciLint()
	return plugin{analyzers.Select(func(name string) bool {
		if len(s.Enable) > 0 {
			return slices.Contains(s.Enable, name)
		}
		return !slices.Contains(s.Disable, name)
	})}, nil
}

func (p plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) { return p.checks, nil }

// GetLoadMode asks for types: the analysis is of one package at a time, and
// what it needs of the others are facts.
func (p plugin) GetLoadMode() string { return register.LoadModeTypesInfo }
