package once

import "sync"

type connector interface {
	connect() error
}

type backend struct {
	pool *Pool
	addr string
}

func (b *backend) connect() error {
	if b.addr == "" {
		b.addr = b.pool.Leader()
	}
	return b.pool.Dial(b.addr)
}

// Pool connects to a leader and its followers on the first use.
type Pool struct {
	Dial func(addr string) error

	addrs []string
	once  sync.Once
	err   error
}

// NewPool returns a pool. An address may be empty if it is that of the leader.
func NewPool(leader string, followers ...string) *Pool {
	return &Pool{addrs: append([]string{leader}, followers...)}
}

func (p *Pool) init() {
	p.once.Do(func() { // want "Do of p.once by backend.connect from within its own function waits for itself"
		for _, a := range p.addrs {
			var c connector = &backend{p, a}
			if err := c.connect(); err != nil {
				p.err = err
				return
			}
		}
	})
}

// Leader returns the address of the leader.
func (p *Pool) Leader() string {
	p.init()
	return p.addrs[0]
}

// Err returns why the pool could not connect.
func (p *Pool) Err() error {
	p.init()
	return p.err
}

type connectorFixed interface {
	connect() error
}

type backendFixed struct {
	pool *PoolFixed
	addr string
}

func (b *backendFixed) connect() error {
	if b.addr == "" {
		b.addr = b.pool.addrs[0]
	}
	return b.pool.Dial(b.addr)
}

// PoolFixed connects to a leader and its followers on the first use.
type PoolFixed struct {
	Dial func(addr string) error

	addrs []string
	once  sync.Once
	err   error
}

// NewPoolFixed returns a pool. An address may be empty if it is that of the leader.
func NewPoolFixed(leader string, followers ...string) *PoolFixed {
	return &PoolFixed{addrs: append([]string{leader}, followers...)}
}

func (p *PoolFixed) init() {
	p.once.Do(func() {
		for _, a := range p.addrs {
			var c connectorFixed = &backendFixed{p, a}
			if err := c.connect(); err != nil {
				p.err = err
				return
			}
		}
	})
}

// Leader returns the address of the leader.
func (p *PoolFixed) Leader() string {
	p.init()
	return p.addrs[0]
}

// Err returns why the pool could not connect.
func (p *PoolFixed) Err() error {
	p.init()
	return p.err
}
