package once

import "sync"

// Plugin is set up by its registry.
type Plugin struct {
	Name  string
	Setup func(r *Registry)
}

// Registry sets its plugins up when it is first used.
type Registry struct {
	sync.Once
	plugins []Plugin
	names   map[string]bool
}

func (r *Registry) setup() {
	r.names = map[string]bool{}
	for _, p := range r.plugins {
		r.names[p.Name] = true
		p.Setup(r)
	}
}

// Has tells whether there is a plugin.
func (r *Registry) Has(name string) bool {
	r.Do(r.setup) // want "Do of r.Once by Registry.setup from within its own function waits for itself"
	return r.names[name]
}

// Plugins returns the names of the plugins that are useful with the others.
func Plugins(names ...string) (useful []string) {
	r := new(Registry)
	for i, n := range names {
		r.plugins = append(r.plugins, Plugin{Name: n, Setup: func(r *Registry) {
			if i > 0 && r.Has(names[0]) {
				useful = append(useful, n)
			}
		}})
	}
	if len(names) > 0 && r.Has(names[0]) {
		return useful
	}
	return nil
}

// PluginFixed is set up by its registry.
type PluginFixed struct {
	Name  string
	Setup func(r *RegistryFixed)
}

// RegistryFixed sets its plugins up when it is first used.
type RegistryFixed struct {
	sync.Once
	plugins []PluginFixed
	names   map[string]bool
}

func (r *RegistryFixed) setup() {
	r.names = map[string]bool{}
	for _, p := range r.plugins {
		r.names[p.Name] = true
		p.Setup(r)
	}
}

// Has tells whether there is a plugin.
func (r *RegistryFixed) Has(name string) bool {
	r.Do(r.setup)
	return r.names[name]
}

// PluginsFixed returns the names of the plugins that are useful with the others.
func PluginsFixed(names ...string) (useful []string) {
	r := new(RegistryFixed)
	for i, n := range names {
		r.plugins = append(r.plugins, PluginFixed{Name: n, Setup: func(r *RegistryFixed) {
			if i > 0 && r.names[names[0]] {
				useful = append(useful, n)
			}
		}})
	}
	if len(names) > 0 && r.Has(names[0]) {
		return useful
	}
	return nil
}
