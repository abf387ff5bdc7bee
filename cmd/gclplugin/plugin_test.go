package gclplugin_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/golangci/plugin-module-register/register"

	"github.com/concheck/concheck/analyzers"
	"github.com/concheck/concheck/cmd/gclplugin"
)

func TestSettings(t *testing.T) {
	var all []string
	for _, a := range analyzers.All() {
		all = append(all, a.Name)
	}
	without := slices.DeleteFunc(slices.Clone(all), func(n string) bool { return n == "nolint" })
	for _, c := range []struct {
		name string
		conf any
		want []string
		err  string // part of the error
	}{
		{"none", nil, all, ""},
		{"empty", map[string]any{}, all, ""},
		{"enable", map[string]any{"enable": []any{"nolint"}}, []string{"nolint"}, ""},
		{"disable", map[string]any{"disable": []any{"nolint"}}, without, ""},
		{"both", map[string]any{"enable": []any{"nolint"}, "disable": []any{"nolint"}}, nil, "exclude each other"},
		{"unknown key", map[string]any{"enabled": []any{"nolint"}}, nil, `unknown field "enabled"`},
		{"unknown check", map[string]any{"disable": []any{"nolynt"}}, nil, `no check is named "nolynt"`},
		{"wrong type", map[string]any{"enable": "nolint"}, nil, "cannot unmarshal string"},
	} {
		t.Run(c.name, func(t *testing.T) {
			newPlugin, err := register.GetPlugin(gclplugin.Name)
			if err != nil {
				t.Fatal(err)
			}
			p, err := newPlugin(c.conf)
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) {
					t.Fatalf("error %v, want %q in it", err, c.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if p.GetLoadMode() != register.LoadModeTypesInfo {
				t.Errorf("load mode %q", p.GetLoadMode())
			}
			as, err := p.BuildAnalyzers()
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, a := range as {
				got = append(got, a.Name)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("checks %q, want %q", got, c.want)
			}
		})
	}
}
