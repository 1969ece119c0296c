/** How the reference page looks; the server's policy names its hash, so that no other style is applied. */
export const pageStyle = `
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; color: #1b1b1b; background: #fff }
h1 { font-size: 1.6rem } h2 { font-size: 1.2rem; margin-top: 2rem }
summary { cursor: pointer; padding: .25rem 0 } summary code { font-weight: 600 }
pre { background: #f4f4f4; overflow-x: auto; padding: .75rem }
table { border-collapse: collapse } td, th { border: 1px solid #ccc; padding: .25rem .5rem; text-align: left; vertical-align: top }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #161616 } pre { background: #242424 } a { color: #8ab4f8 } }
`;
