// Before each page: its examples find tickets.csv and runs/tickets where a reader has them, and a port that is free.
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { WORKPLACE } from './train-tickets.ts';

process.chdir(fileURLToPath(WORKPLACE));

process.env['PORT'] = await new Promise<string>((resolve, reject) => {
  const server = createServer();
  server.on('error', reject).listen(0, () => {
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? `${address.port}` : '';
    server.close(() => resolve(port));
  });
});
