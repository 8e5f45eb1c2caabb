import { demoUsers, hashToken } from './demo-users.js'

/** Each is applied once, in this order. */
export const migrations: { name: string; sql: string }[] = [
  {
    name: '001-tournaments',
    sql: `
      create table users (id int primary key, name text not null, token_hash text not null unique);
      create table leagues (id int primary key, name text not null);
      create table tournaments (
        id int generated always as identity (start 5) primary key,
        league_id int not null references leagues, name text not null);
      create table teams (
        tournament_id int not null references tournaments, name text not null, points int not null);
      create table drafts (
        id int generated always as identity (start 12) primary key,
        tournament_id int not null references tournaments);
      create table picks (
        id int generated always as identity primary key,
        draft_id int not null references drafts, user_id int not null references users,
        hero text not null, unique (draft_id, hero));
      create table hero_stats (hero text primary key, picks int not null);
      create table standings (
        league_id int references leagues, user_id int references users,
        points int not null, primary key (league_id, user_id));`,
  },
  {
    name: '002-demo-data',
    sql: `
      insert into leagues values (3, 'Harbour League');
      insert into users values
        ${demoUsers.map(({ id, name, token }) => `(${id}, '${name}', '${hashToken(token)}')`).join(', ')};`,
  },
]
